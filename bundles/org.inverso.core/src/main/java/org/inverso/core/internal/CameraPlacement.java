/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import org.joml.Matrix4f;
import org.joml.Matrix4fc;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Where a camera stands, as people say it.
 *
 * @param azimuthDeg 0 in front of the target (+Z), positive towards +X
 * @param elevationDeg positive above the target
 * @param fovYDeg vertical field of view of the whole picture
 */
record CameraPlacement(double azimuthDeg, double elevationDeg, double fovYDeg) {

    /**
     * @param view rigid, object frame to camera frame (OpenGL)
     * @param projection perspective, camera frame to clip space
     * @param target that the angles are seen from, object frame
     */
    static CameraPlacement of(Matrix4fc view, Matrix4fc projection, Vector3fc target) {
        Vector3f direction =
                view.invertAffine(new Matrix4f()).getTranslation(new Vector3f()).sub(target);
        return new CameraPlacement(
                Math.toDegrees(Math.atan2(direction.x, direction.z)),
                Math.toDegrees(Math.atan2(direction.y, Math.hypot(direction.x, direction.z))),
                Math.toDegrees(2 * Math.atan(1 / projection.m11())));
    }
}
