/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import org.inverso.api.scene.ShLighting;

/**
 * Takes the photo's light off its colours, gently. A colour is divided by {@code clamp(L(n) / mean
 * L, 1/BOUND, BOUND) ^ strength}, where L is the luminance of the estimated spherical-harmonics
 * light. Dividing by the mean keeps the photo's exposure; the bound keeps a wrong estimate from
 * blowing up shadows; a strength below 1 leaves some of the photo's look in. Luminance instead of
 * single channels, because the estimate's tint is less sure than its brightness.
 */
final class Delighting {

    private static final float BOUND = 2;
    private static final float[] LUMINANCE = {0.2126f, 0.7152f, 0.0722f};

    private Delighting() {}

    /**
     * @param strength 0 leaves the photo as it is, 1 divides by all of the light
     * @return {@code float[F*3]}, factor on linear colour at each face corner
     */
    static float[] factors(CameraView view, ShLighting lighting, float strength) {
        float[] normals = view.normals();
        float[] light = new float[normals.length / 3];
        for (int c = 0; c < light.length; c++) {
            for (int channel = 0; channel < 3; channel++) {
                light[c] +=
                        LUMINANCE[channel]
                                * lighting.at(
                                        channel,
                                        normals[3 * c],
                                        normals[3 * c + 1],
                                        normals[3 * c + 2]);
            }
            light[c] = Math.max(0, light[c]);
        }
        double sum = 0;
        double areas = 0;
        for (int f = 0; f < light.length / 3; f++) {
            float area = view.area(f);
            if (area > 0) {
                areas += area;
                sum += area * (light[3 * f] + light[3 * f + 1] + light[3 * f + 2]) / 3;
            }
        }
        float mean = areas > 0 ? (float) (sum / areas) : 0;
        for (int c = 0; c < light.length; c++) {
            float ratio = mean > 0 ? light[c] / mean : 1;
            float bounded = Math.max(1 / BOUND, Math.min(BOUND, ratio));
            light[c] = (float) Math.pow(bounded, -strength);
        }
        return light;
    }
}
