/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.SplittableRandom;

/**
 * What a camera does to colours: exposure, cast, contrast and noise, from tables so that it costs
 * little a pixel.
 */
final class CameraFaults {

    private static final int STEPS = 512;
    private static final int NOISE = 1 << 14;

    private final float[][] curves = new float[3][STEPS + 1];
    private final float[] noise;
    private int at;

    /**
     * @param exposure largest change, logarithm
     * @param cast largest change of one channel
     * @param contrast largest change of the exponent, logarithm
     * @param noisiest largest noise, standard deviation of the unit range
     */
    CameraFaults(
            SplittableRandom random,
            double exposure,
            double cast,
            double contrast,
            double noisiest,
            float[] gaussian) {
        double all = Math.exp(random.nextDouble(-exposure, exposure));
        double gamma = Math.exp(random.nextDouble(-contrast, contrast));
        double lift = random.nextDouble(-0.02, 0.05);
        for (float[] curve : curves) {
            double gain = all * random.nextDouble(1 - cast, 1 + cast);
            for (int i = 0; i <= STEPS; i++) {
                curve[i] = (float) (lift + gain * Math.pow(i / (double) STEPS, gamma));
            }
        }
        float strength = (float) (noisiest > 0 ? random.nextDouble(noisiest) : 0);
        noise = new float[NOISE];
        for (int i = 0; i < NOISE; i++) {
            noise[i] = strength * gaussian[i];
        }
        at = random.nextInt(NOISE);
    }

    private CameraFaults() {
        for (float[] curve : curves) {
            for (int i = 0; i <= STEPS; i++) {
                curve[i] = i / (float) STEPS;
            }
        }
        noise = new float[NOISE];
    }

    /** Colours stay as they are. */
    static CameraFaults none() {
        return new CameraFaults();
    }

    /** Standard normal numbers to make noise of. */
    static float[] gaussian(SplittableRandom random) {
        float[] values = new float[NOISE];
        for (int i = 0; i < NOISE; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** One channel of one pixel, 0 to 1. */
    float apply(int channel, float value) {
        // A stride that shares no factor with the table's length keeps rows from repeating.
        at = (at + 7919) & (NOISE - 1);
        int index = (int) (Math.max(0, Math.min(1, value)) * STEPS);
        return Math.max(0, Math.min(1, curves[channel][index] + noise[at]));
    }
}
