/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.scene;

/**
 * Lighting by real spherical harmonics up to degree 2 (Ramamoorthi and Hanrahan 2001): the light
 * that a surface with normal n = (x, y, z), object frame, receives is the dot product of the
 * coefficients with {1, y, z, x, xy, yz, 3z^2 - 1, xz, x^2 - y^2}, each scaled by its constant in
 * {@link #BASIS}.
 *
 * @param coefficients {@code float[3 * 9]}, channel-major (red's nine first), not to be modified
 */
public record ShLighting(float[] coefficients) {

    /** Constants of the nine basis functions. */
    public static final float[] BASIS = {
        0.282095f, 0.488603f, 0.488603f, 0.488603f, 1.092548f, 1.092548f, 0.315392f, 1.092548f,
        0.546274f
    };

    public ShLighting {
        if (coefficients.length != 27) {
            throw new IllegalArgumentException("27 coefficients, not " + coefficients.length);
        }
    }

    /** The same light from everywhere: albedo shows unchanged. */
    public static ShLighting uniform() {
        float[] c = new float[27];
        for (int channel = 0; channel < 3; channel++) {
            c[9 * channel] = 1 / BASIS[0];
        }
        return new ShLighting(c);
    }

    /** Light of one channel (0 to 2) that reaches a unit normal. */
    public float at(int channel, float x, float y, float z) {
        int o = 9 * channel;
        float[] c = coefficients;
        return c[o] * BASIS[0]
                + c[o + 1] * BASIS[1] * y
                + c[o + 2] * BASIS[2] * z
                + c[o + 3] * BASIS[3] * x
                + c[o + 4] * BASIS[4] * x * y
                + c[o + 5] * BASIS[5] * y * z
                + c[o + 6] * BASIS[6] * (3 * z * z - 1)
                + c[o + 7] * BASIS[7] * x * z
                + c[o + 8] * BASIS[8] * (x * x - y * y);
    }
}
