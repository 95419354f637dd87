/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import org.inverso.api.scene.OrbitCamera;
import org.inverso.geometry.AssetMesh;
import org.joml.Matrix4f;
import org.joml.Matrix4fc;
import org.joml.Vector3f;

/**
 * A camera for a picture of given proportions.
 *
 * @param view object frame to camera frame
 * @param projection camera frame to the picture's clip space
 * @param eye position of the camera, object frame
 */
record Viewpoint(Matrix4fc view, Matrix4fc projection, Vector3f eye) {

    /** In units of the bounding sphere's radius: far enough for calm perspective. */
    private static final float DISTANCE = 4.2f;

    /** Part of the picture's width and height that the object takes up at most. */
    private static final float FILL_WIDTH = 0.86f;

    private static final float FILL_HEIGHT = 0.74f;

    static Viewpoint of(Matrix4fc view, Matrix4fc projection) {
        Vector3f eye = view.invertAffine(new Matrix4f()).getTranslation(new Vector3f());
        return new Viewpoint(view, projection, eye);
    }

    /**
     * Cameras around the object that share one focal length, the longest with which the object fits
     * into each picture.
     *
     * @param aspect width / height of the pictures
     */
    static Viewpoint[] around(
            AssetMesh mesh, float elevationDeg, float aspect, float... azimuthsDeg) {
        Vector3f centre = mesh.centre();
        float radius = Math.max(1e-3f, mesh.max().distance(centre));
        float widest = 0;
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        Vector3f p = new Vector3f();
        for (float azimuth : azimuthsDeg) {
            Matrix4f view =
                    orbit(azimuth, elevationDeg, DISTANCE * radius, 1, 0, centre)
                            .view(new Matrix4f());
            for (int i = 0; i < mesh.positions().length; i += 3) {
                p.set(mesh.positions()[i], mesh.positions()[i + 1], mesh.positions()[i + 2]);
                view.transformPosition(p);
                widest = Math.max(widest, Math.abs(p.x / p.z));
                lowest = Math.min(lowest, -p.y / p.z);
                highest = Math.max(highest, -p.y / p.z);
            }
        }
        float focal = Math.min(FILL_WIDTH * aspect / widest, 2 * FILL_HEIGHT / (highest - lowest));
        float shiftY = -focal * (highest + lowest) / 2;
        Viewpoint[] result = new Viewpoint[azimuthsDeg.length];
        for (int i = 0; i < result.length; i++) {
            OrbitCamera camera =
                    orbit(azimuthsDeg[i], elevationDeg, DISTANCE * radius, focal, shiftY, centre);
            result[i] =
                    new Viewpoint(
                            camera.view(new Matrix4f()),
                            new Matrix4f()
                                    .scaling(1 / aspect, 1, 1)
                                    .mul(camera.projection(new Matrix4f())),
                            camera.eye());
        }
        return result;
    }

    private static OrbitCamera orbit(
            float azimuth,
            float elevation,
            float distance,
            float focal,
            float shiftY,
            Vector3f target) {
        return new OrbitCamera(azimuth, elevation, 0, distance, focal, 0, shiftY, target);
    }
}
