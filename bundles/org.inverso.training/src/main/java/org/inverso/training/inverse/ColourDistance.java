/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

/**
 * L1 distance of display colours between a rendered view and a crop, over the pixels that both show
 * the object in.
 */
public final class ColourDistance {

    private static final double GAMMA = AlbedoCode.GAMMA;

    /** The display curve's slope is taken no steeper than here, linear. */
    private static final double DARK = 0.01;

    private ColourDistance() {}

    /** Display colour of a linear one, 0 to 1. */
    public static float encoded(float linear) {
        return (float) Math.pow(Math.max(0, linear), 1 / GAMMA);
    }

    /** Slope of {@link #encoded}. */
    public static float slope(float linear) {
        return (float) (Math.pow(Math.max(DARK, linear), 1 / GAMMA - 1) / GAMMA);
    }

    /**
     * @param color {@code float[H*W*3]}, linear
     * @param faceIndex {@code int[H*W]}, -1 outside
     * @param rgb of the crop, {@code float[H*W*3]}, display colours
     * @param alpha of the crop, {@code float[H*W]}
     * @param weight of the mean over all pixels and channels
     * @param dest gradient with regard to {@code color}, added to
     * @return the unweighted distance
     */
    public static double add(
            float[] color,
            int[] faceIndex,
            float[] rgb,
            float[] alpha,
            double weight,
            float[] dest) {
        double sum = 0;
        for (int i = 0; i < alpha.length; i++) {
            if (faceIndex[i] < 0) {
                continue;
            }
            for (int c = 0; c < 3; c++) {
                int at = 3 * i + c;
                double difference = encoded(color[at]) - rgb[at];
                sum += alpha[i] * Math.abs(difference);
                dest[at] +=
                        (float)
                                (weight
                                        * alpha[i]
                                        * Math.signum(difference)
                                        * slope(color[at])
                                        / (3.0 * alpha.length));
            }
        }
        return sum / (3.0 * alpha.length);
    }
}
