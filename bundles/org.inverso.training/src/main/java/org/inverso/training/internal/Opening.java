/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import org.inverso.api.image.Plane;

/** Grey-scale opening by a square: takes away what is thinner than it, and leaves the rest. */
public final class Opening {

    private Opening() {}

    /**
     * @param radius of the square, whose side is twice that and one pixels
     */
    public static Plane of(Plane plane, int radius) {
        return extreme(extreme(plane, radius, -1), radius, 1);
    }

    /**
     * @param sign 1 for the largest value within the square, -1 for the smallest
     */
    private static Plane extreme(Plane plane, int radius, float sign) {
        int width = plane.width();
        int height = plane.height();
        float[] rows = new float[width * height];
        float[] both = new float[width * height];
        for (int i = 0; i < rows.length; i++) {
            int y = i / width;
            rows[i] = extreme(plane.values(), y * width, 1, i % width, width, radius, sign);
        }
        for (int i = 0; i < both.length; i++) {
            int x = i % width;
            both[i] = extreme(rows, x, width, i / width, height, radius, sign);
        }
        return new Plane(width, height, both);
    }

    private static float extreme(
            float[] values, int start, int step, int middle, int count, int radius, float sign) {
        float best = Float.NEGATIVE_INFINITY;
        int last = Math.min(count - 1, middle + radius);
        for (int i = Math.max(0, middle - radius); i <= last; i++) {
            best = Math.max(best, sign * values[start + i * step]);
        }
        return sign * best;
    }
}
