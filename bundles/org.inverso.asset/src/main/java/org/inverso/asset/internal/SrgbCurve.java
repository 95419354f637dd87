/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

/**
 * The sRGB transfer curve (IEC 61966-2-1) by table. Blending and colour matching happen on encoded
 * values, where equal steps look equally large; averaging of pixels and lighting happen on linear
 * ones.
 */
final class SrgbCurve {

    private static final int ENCODE_STEPS = 4096;
    private static final float[] LINEAR = new float[256];

    /** Indexed by the square root of the linear value, which spreads the dark end. */
    private static final float[] ENCODED = new float[ENCODE_STEPS + 2];

    static {
        for (int i = 0; i < 256; i++) {
            LINEAR[i] = (float) decode(i / 255.0);
        }
        for (int i = 0; i < ENCODED.length; i++) {
            double root = Math.min(1.0, i / (double) ENCODE_STEPS);
            ENCODED[i] = (float) encode(root * root);
        }
    }

    private SrgbCurve() {}

    /** Linear value of an 8-bit sample. */
    static float linear(int sample) {
        return LINEAR[sample];
    }

    /** Encoded value of a linear one; both 0 to 1, values outside are clamped. */
    static float encoded(float linear) {
        if (!(linear > 0)) {
            return 0;
        }
        if (linear >= 1) {
            return 1;
        }
        float at = (float) Math.sqrt(linear) * ENCODE_STEPS;
        int i = (int) at;
        return ENCODED[i] + (at - i) * (ENCODED[i + 1] - ENCODED[i]);
    }

    private static double decode(double s) {
        return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
    }

    private static double encode(double l) {
        return l <= 0.0031308 ? 12.92 * l : 1.055 * Math.pow(l, 1 / 2.4) - 0.055;
    }
}
