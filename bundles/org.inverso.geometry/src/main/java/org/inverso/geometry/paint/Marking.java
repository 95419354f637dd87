/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.paint;

import java.util.SplittableRandom;
import org.inverso.api.category.Coat;

/** How much a marking covers a place on the surface at rest, 0 to 1. */
interface Marking {

    /** Space that a marking has. Object frame at rest, metres. */
    record Extent(float[] low, float[] high) {

        float size(int axis) {
            return Math.max(1e-6f, high[axis] - low[axis]);
        }

        float middle(int axis) {
            return (low[axis] + high[axis]) / 2;
        }
    }

    float cover(float x, float y, float z);

    /**
     * @param painted extent of the materials that are marked
     * @param length of the object, metres
     * @param symmetric whether both sides of the object are marked alike, where the kind is so by
     *     nature
     */
    static Marking of(
            Coat.Pattern pattern,
            Extent painted,
            float length,
            boolean symmetric,
            SplittableRandom random) {
        Noise noise = new Noise(random);
        float amount = pattern.amount();
        return switch (pattern.kind()) {
            case SPOTS -> spots(noise, amount, length * (float) random.nextDouble(0.02, 0.05));
            case PATCHES -> patches(noise, amount, length * (float) random.nextDouble(0.12, 0.3));
            case DAPPLES ->
                    dapples(noise, amount, length * (float) random.nextDouble(0.025, 0.045));
            case BARS ->
                    bars(
                            noise,
                            amount,
                            length * (float) random.nextDouble(0.025, 0.07),
                            (float) random.nextDouble(-0.5, 0.5),
                            symmetric);
            case GRADIENT -> gradient(noise, amount, painted);
            case SOCKS -> socks(noise, amount, painted, random);
        };
    }

    private static Marking spots(Noise noise, float amount, float cell) {
        float radius = 0.15f + 0.35f * amount;
        return (x, y, z) -> below(noise.cells(x / cell, y / cell, z / cell), radius, 0.08f);
    }

    private static Marking patches(Noise noise, float amount, float cell) {
        // The noise's standard deviation is about a third.
        float level = 1.4f * (amount - 0.5f);
        return (x, y, z) -> below(noise.fractal(x / cell, y / cell, z / cell), level, 0.04f);
    }

    private static Marking dapples(Noise noise, float amount, float cell) {
        return (x, y, z) -> amount * below(noise.cells(x / cell, y / cell, z / cell), 0.45f, 0.25f);
    }

    private static Marking bars(
            Noise noise, float amount, float period, float slant, boolean symmetric) {
        float level = 2 * amount - 1;
        return (x, y, z) -> {
            float side = symmetric ? Math.abs(x) : x;
            float cell = 4 * period;
            float wave = 1.5f * noise.fractal(side / cell, y / cell, z / cell);
            double phase = 2 * Math.PI * (z + slant * y) / period + wave;
            return below((float) Math.sin(phase), level, 0.15f);
        };
    }

    private static Marking gradient(Noise noise, float amount, Extent painted) {
        float height = painted.size(1);
        return (x, y, z) -> {
            float down = (painted.high()[1] - y) / height;
            float wave = 0.1f * noise.fractal(4 * x / height, 4 * y / height, 4 * z / height);
            return below(1 - amount, down + wave, 0.3f);
        };
    }

    /** Each of the ends in the four quarters seen from above has a height of its own. */
    private static Marking socks(
            Noise noise, float amount, Extent painted, SplittableRandom random) {
        float height = painted.size(1);
        float[] tops = new float[4];
        for (int leg = 0; leg < tops.length; leg++) {
            tops[leg] = random.nextDouble() < amount ? (float) random.nextDouble(0.15, 1) : -1;
        }
        return (x, y, z) -> {
            int leg = (x > painted.middle(0) ? 1 : 0) + (z > painted.middle(2) ? 2 : 0);
            float up = (y - painted.low()[1]) / height;
            float wave = 0.06f * noise.fractal(8 * x / height, 8 * y / height, 8 * z / height);
            return below(up + wave, tops[leg], 0.03f);
        };
    }

    /** 1 below a level, 0 above it, with a soft border. */
    private static float below(float value, float level, float softness) {
        float t = Math.max(0, Math.min(1, (level - value) / softness / 2 + 0.5f));
        return t * t * (3 - 2 * t);
    }
}
