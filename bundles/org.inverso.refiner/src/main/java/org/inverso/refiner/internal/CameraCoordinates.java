/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;

/**
 * A camera as seven numbers of comparable size, each counted from where the descent starts:
 * azimuth, elevation, roll, logarithm of the distance, logarithm of focal / distance (the size in
 * the picture), and the principal point's shift. Distance and size are apart so that perspective
 * can change while the size stays.
 */
final class CameraCoordinates {

    static final int COUNT = 7;

    /**
     * What one unit of each coordinate stands for: degrees, degrees, degrees, log, log, clip, clip.
     */
    private static final double[] UNIT = {10, 6, 2, 0.25, 0.06, 0.06, 0.06};

    private static final double STEP = 1e-3;

    private final OrbitCamera start;

    CameraCoordinates(OrbitCamera start) {
        this.start = start;
    }

    OrbitCamera camera(float[] theta) {
        double[] t = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            t[i] = theta[i];
        }
        return camera(t);
    }

    private OrbitCamera camera(double[] t) {
        double distance = start.distance() * Math.exp(t[3] * UNIT[3]);
        double size = start.focal() / start.distance() * Math.exp(t[4] * UNIT[4]);
        return new OrbitCamera(
                (float) (start.azimuthDeg() + t[0] * UNIT[0]),
                (float) Math.max(-89, Math.min(89, start.elevationDeg() + t[1] * UNIT[1])),
                (float) (start.rollDeg() + t[2] * UNIT[2]),
                (float) distance,
                (float) (size * distance),
                (float) (start.shiftX() + t[5] * UNIT[5]),
                (float) (start.shiftY() + t[6] * UNIT[6]),
                start.target());
    }

    /**
     * Takes gradients of the two matrices to the seven coordinates, by central differences of the
     * matrices: they are smooth and cost nothing beside an image.
     *
     * @param dest added to
     */
    void backward(float[] theta, float[] viewGradient, float[] projectionGradient, float[] dest) {
        double[] t = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            t[i] = theta[i];
        }
        float[] plusView = new float[16];
        float[] minusView = new float[16];
        float[] plusProjection = new float[16];
        float[] minusProjection = new float[16];
        for (int i = 0; i < COUNT; i++) {
            double here = t[i];
            t[i] = here + STEP;
            matrices(t, plusView, plusProjection);
            t[i] = here - STEP;
            matrices(t, minusView, minusProjection);
            t[i] = here;
            double sum = 0;
            for (int j = 0; j < 16; j++) {
                sum += viewGradient[j] * (double) (plusView[j] - minusView[j]);
                sum += projectionGradient[j] * (double) (plusProjection[j] - minusProjection[j]);
            }
            dest[i] += (float) (sum / (2 * STEP));
        }
    }

    private void matrices(double[] t, float[] view, float[] projection) {
        OrbitCamera camera = camera(t);
        camera.view(new Matrix4f()).get(view);
        camera.projection(new Matrix4f()).get(projection);
    }
}
