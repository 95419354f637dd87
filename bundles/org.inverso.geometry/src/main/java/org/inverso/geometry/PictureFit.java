/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;

/**
 * Chooses focal length and principal point of a camera so that the vertices' bounding box in the
 * picture falls onto a given one. Direction and distance stay, so the perspective does too.
 */
public final class PictureFit {

    private PictureFit() {}

    /**
     * @param vertices {@code float[V*3]}, object frame
     * @param left of the wanted box, clip coordinates; likewise the others, {@code bottom < top}
     * @return the camera whose box has the wanted centre and half-perimeter
     * @throws IllegalArgumentException when a vertex is not in front of the camera
     */
    public static OrbitCamera fit(
            OrbitCamera camera,
            float[] vertices,
            float left,
            float right,
            float bottom,
            float top) {
        Matrix4f view = camera.view(new Matrix4f());
        float minX = Float.POSITIVE_INFINITY;
        float maxX = Float.NEGATIVE_INFINITY;
        float minY = Float.POSITIVE_INFINITY;
        float maxY = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < vertices.length; i += 3) {
            float x = vertices[i];
            float y = vertices[i + 1];
            float z = vertices[i + 2];
            float depth = -(view.m02() * x + view.m12() * y + view.m22() * z + view.m32());
            if (!(depth > OrbitCamera.NEAR)) {
                throw new IllegalArgumentException("a vertex is not in front of the camera");
            }
            float px = (view.m00() * x + view.m10() * y + view.m20() * z + view.m30()) / depth;
            float py = (view.m01() * x + view.m11() * y + view.m21() * z + view.m31()) / depth;
            minX = Math.min(minX, px);
            maxX = Math.max(maxX, px);
            minY = Math.min(minY, py);
            maxY = Math.max(maxY, py);
        }
        float focal = (right - left + top - bottom) / (maxX - minX + maxY - minY);
        return camera.withPicturePlane(
                focal,
                (left + right) / 2 - focal * (minX + maxX) / 2,
                (bottom + top) / 2 - focal * (minY + maxY) / 2);
    }
}
