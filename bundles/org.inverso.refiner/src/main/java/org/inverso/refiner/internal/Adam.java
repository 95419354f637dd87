/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

/** Adam (Kingma and Ba 2015, arXiv 1412.6980) on a float array. */
final class Adam {

    private static final float BETA1 = 0.8f;
    private static final float BETA2 = 0.95f;
    private static final float EPSILON = 1e-8f;

    private final float[] mean;
    private final float[] variance;
    private int steps;

    Adam(int count) {
        mean = new float[count];
        variance = new float[count];
    }

    /** Moves {@code values} against {@code gradient} by about {@code rate} each. */
    void step(float[] values, float[] gradient, float rate) {
        steps++;
        float size =
                (float)
                        (rate
                                * Math.sqrt(1 - Math.pow(BETA2, steps))
                                / (1 - Math.pow(BETA1, steps)));
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            mean[i] += (1 - BETA1) * (g - mean[i]);
            variance[i] += (1 - BETA2) * (g * g - variance[i]);
            values[i] -= size * mean[i] / ((float) Math.sqrt(variance[i]) + EPSILON);
        }
    }
}
