/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * Distance from a point to a line segment, in float so that both passes get the same bits; without
 * branches, which would be coin tosses.
 */
final class Segment {

    private Segment() {}

    /** One over the squared length; a segment of no length is its own nearest point. */
    static float inverse(float ux, float uy) {
        return 1 / Math.max(ux * ux + uy * uy, Float.MIN_NORMAL);
    }

    /**
     * Squared distance of a point from the segment a-b, as {@link Float#floatToRawIntBits bits}:
     * these have the order of the numbers, and integers are faster to compare.
     *
     * @param inverse {@link #inverse} of b - a
     */
    static int squaredDistance(
            float x, float y, float ax, float ay, float bx, float by, float inverse) {
        float ux = bx - ax;
        float uy = by - ay;
        float px = x - ax;
        float py = y - ay;
        float t = nearest(px, py, ux, uy, inverse);
        float dx = px - t * ux;
        float dy = py - t * uy;
        return Float.floatToRawIntBits(dx * dx + dy * dy);
    }

    /** Where on the segment 0-u the point nearest to p is: 0 at its start, 1 at its end. */
    static float nearest(float px, float py, float ux, float uy, float inverse) {
        float t = (px * ux + py * uy) * inverse;
        // min and max with numbers that are no NaN.
        float above = 0.5f * (t + Math.abs(t));
        float rest = 1 - above;
        return 1 - 0.5f * (rest + Math.abs(rest));
    }
}
