/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import org.inverso.api.scene.OrbitCamera;
import org.inverso.disentangler.mlp.CameraCode;
import org.joml.Matrix4f;

/**
 * Takes gradients of a camera's two matrices back to the numbers that the network writes it in:
 * azimuth and {@link CameraCode}. By central differences of the matrices, which are smooth and cost
 * nothing beside an image.
 */
final class CameraGradient {

    private static final float STEP_DEG = 0.5f;
    private static final float STEP = 0.02f;

    private final CameraCode cameras;
    private final float[] plusView = new float[16];
    private final float[] minusView = new float[16];
    private final float[] plusProjection = new float[16];
    private final float[] minusProjection = new float[16];
    private final Matrix4f matrix = new Matrix4f();

    CameraGradient(CameraCode cameras) {
        this.cameras = cameras;
    }

    /** Writes both matrices of a camera, {@code float[16]}, column-major. */
    void matrices(float azimuthDeg, float[] code, float[] view, float[] projection) {
        OrbitCamera camera = cameras.decode(azimuthDeg, code);
        camera.view(matrix).get(view);
        camera.projection(matrix).get(projection);
    }

    /**
     * @param code {@code float[CAMERA]}
     * @param view gradient with regard to the view matrix, entry by entry
     * @param projection likewise
     * @param dest {@code azimuthDeg} and {@code camera} are overwritten
     */
    void backward(
            float azimuthDeg, float[] code, float[] view, float[] projection, ViewGradients dest) {
        matrices(azimuthDeg + STEP_DEG, code, plusView, plusProjection);
        matrices(azimuthDeg - STEP_DEG, code, minusView, minusProjection);
        dest.azimuthDeg = slope(view, projection, 2 * STEP_DEG);
        float[] moved = code.clone();
        for (int i = 0; i < code.length; i++) {
            moved[i] = code[i] + STEP;
            matrices(azimuthDeg, moved, plusView, plusProjection);
            moved[i] = code[i] - STEP;
            matrices(azimuthDeg, moved, minusView, minusProjection);
            moved[i] = code[i];
            dest.camera[i] = slope(view, projection, 2 * STEP);
        }
    }

    private float slope(float[] view, float[] projection, float width) {
        double sum = 0;
        for (int j = 0; j < 16; j++) {
            sum += view[j] * (double) (plusView[j] - minusView[j]);
            sum += projection[j] * (double) (plusProjection[j] - minusProjection[j]);
        }
        return (float) (sum / width);
    }
}
