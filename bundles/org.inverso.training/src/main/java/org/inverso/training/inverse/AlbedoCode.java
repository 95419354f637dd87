/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

/**
 * Albedo between the network's form, planes of logits of sRGB, and the rasterizer's, rows of linear
 * RGB texels. The display's curve is taken for a power of {@value #GAMMA}.
 */
final class AlbedoCode {

    static final float GAMMA = 2.2f;

    private AlbedoCode() {}

    /**
     * @param logits {@code float[3*T*T]} from {@code offset} on, planes
     * @return {@code float[T*T*3]}
     */
    static float[] decode(float[] logits, int offset, int texels) {
        float[] albedo = new float[3 * texels];
        for (int t = 0; t < texels; t++) {
            for (int c = 0; c < 3; c++) {
                double s = sigmoid(logits[offset + c * texels + t]);
                albedo[3 * t + c] = (float) Math.pow(s, GAMMA);
            }
        }
        return albedo;
    }

    /**
     * @param gradient with regard to the albedo, {@code float[T*T*3]}
     * @param dest with regard to the logits, from {@code offset} on, added to
     */
    static void backward(
            float[] logits, int offset, int texels, float[] gradient, float scale, float[] dest) {
        for (int t = 0; t < texels; t++) {
            for (int c = 0; c < 3; c++) {
                float g = gradient[3 * t + c];
                if (g != 0) {
                    int at = offset + c * texels + t;
                    double s = sigmoid(logits[at]);
                    dest[at] += (float) (scale * g * GAMMA * Math.pow(s, GAMMA) * (1 - s));
                }
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
