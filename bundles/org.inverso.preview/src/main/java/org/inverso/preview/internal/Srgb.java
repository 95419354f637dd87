/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

/** The sRGB transfer function (IEC 61966-2-1), by table. */
final class Srgb {

    private static final int STEPS = 4096;
    private static final float[] TO_LINEAR = new float[256];
    private static final byte[] TO_SRGB = new byte[STEPS + 1];

    static {
        for (int i = 0; i < 256; i++) {
            double s = i / 255.0;
            TO_LINEAR[i] = (float) (s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4));
        }
        for (int i = 0; i <= STEPS; i++) {
            // Squared steps: dark tones, where eyes see most, get most of the table.
            double l = (i / (double) STEPS) * (i / (double) STEPS);
            double s = l <= 0.0031308 ? 12.92 * l : 1.055 * Math.pow(l, 1 / 2.4) - 0.055;
            TO_SRGB[i] = (byte) Math.round(255 * s);
        }
    }

    private Srgb() {}

    static float toLinear(byte value) {
        return TO_LINEAR[value & 0xff];
    }

    /**
     * @param linear clamped to 0 to 1
     */
    static byte fromLinear(float linear) {
        float clamped = Math.min(1, Math.max(0, linear));
        return TO_SRGB[(int) (Math.sqrt(clamped) * STEPS + 0.5)];
    }

    /** A colour of 8 bits a channel in linear light. */
    static float[] linear(int red, int green, int blue) {
        return new float[] {toLinear((byte) red), toLinear((byte) green), toLinear((byte) blue)};
    }
}
