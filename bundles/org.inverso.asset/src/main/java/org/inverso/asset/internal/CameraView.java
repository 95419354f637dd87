/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.joml.Vector4f;

/**
 * The fitted mesh as its camera sees it.
 *
 * @param positions {@code float[V*3]}, posed, object frame
 * @param clip {@code float[V*3]}: x, y and w in the crop's clip space; w is the distance in front
 *     of the camera plane
 * @param normals {@code float[F*9]}, of the face corners
 * @param facing {@code float[F*3]}, at each corner the cosine between normal and direction to the
 *     camera
 */
record CameraView(int[] faces, float[] positions, float[] clip, float[] normals, float[] facing) {

    static CameraView of(int[] faces, float[] positions, float[] normals, OrbitCamera camera) {
        Matrix4f matrix =
                camera.projection(new Matrix4f()).mul(camera.view(new Matrix4f()), new Matrix4f());
        float[] clip = new float[positions.length];
        Vector4f v = new Vector4f();
        for (int i = 0; i < positions.length; i += 3) {
            matrix.transform(v.set(positions[i], positions[i + 1], positions[i + 2], 1));
            clip[i] = v.x;
            clip[i + 1] = v.y;
            clip[i + 2] = v.w;
        }
        Vector3f eye = camera.eye();
        float[] facing = new float[faces.length];
        for (int c = 0; c < faces.length; c++) {
            int p = 3 * faces[c];
            float x = eye.x - positions[p];
            float y = eye.y - positions[p + 1];
            float z = eye.z - positions[p + 2];
            float length = (float) Math.sqrt(x * x + y * y + z * z);
            facing[c] =
                    (x * normals[3 * c] + y * normals[3 * c + 1] + z * normals[3 * c + 2])
                            / Math.max(length, 1e-6f);
        }
        return new CameraView(faces, positions, clip, normals, facing);
    }

    /**
     * Area of a face in the crop's clip coordinates, where the crop covers 4; 0 or less when the
     * face looks away, NaN when a corner is behind the camera.
     */
    float area(int face) {
        int a = 3 * faces[3 * face];
        int b = 3 * faces[3 * face + 1];
        int c = 3 * faces[3 * face + 2];
        if (clip[a + 2] < OrbitCamera.NEAR
                || clip[b + 2] < OrbitCamera.NEAR
                || clip[c + 2] < OrbitCamera.NEAR) {
            return Float.NaN;
        }
        float ax = clip[a] / clip[a + 2];
        float ay = clip[a + 1] / clip[a + 2];
        float ux = clip[b] / clip[b + 2] - ax;
        float uy = clip[b + 1] / clip[b + 2] - ay;
        float vx = clip[c] / clip[c + 2] - ax;
        float vy = clip[c + 1] / clip[c + 2] - ay;
        return (ux * vy - vx * uy) / 2;
    }
}
