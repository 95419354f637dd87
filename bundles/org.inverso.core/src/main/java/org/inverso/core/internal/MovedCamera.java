/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import org.inverso.api.ReconstructionReport;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * A photo's camera, led around the object: it keeps its distance, its roll, and the place in the
 * picture where the object stands.
 */
final class MovedCamera {

    private final Matrix4f offAxis;
    private final Vector3f feetInCamera;

    /**
     * @param feet the point that the object stands on, object frame
     */
    MovedCamera(ReconstructionReport photo, Vector3fc feet) {
        Matrix4f photoView = new Matrix4f(photo.view());
        feetInCamera = photoView.transformPosition(new Vector3f(feet));
        offAxis =
                rotation(photoView)
                        .mul(facing(photo.azimuthDeg(), photo.elevationDeg()).transpose());
    }

    /**
     * From the object's frame to the camera's.
     *
     * @param feet the point that the object in the picture stands on, object frame
     */
    Matrix4f view(double azimuthDeg, double elevationDeg, Vector3fc feet) {
        Matrix4f view = new Matrix4f(offAxis).mul(facing(azimuthDeg, elevationDeg));
        Vector3f turned = view.transformPosition(new Vector3f(feet));
        return view.setTranslation(new Vector3f(feetInCamera).sub(turned));
    }

    private static Matrix4f rotation(Matrix4f view) {
        return new Matrix4f(view).setTranslation(0, 0, 0);
    }

    /** Rotation of a camera that looks at the object's middle from these angles. */
    private static Matrix4f facing(double azimuthDeg, double elevationDeg) {
        return new Matrix4f()
                .rotateX((float) Math.toRadians(elevationDeg))
                .rotateY((float) -Math.toRadians(azimuthDeg));
    }
}
