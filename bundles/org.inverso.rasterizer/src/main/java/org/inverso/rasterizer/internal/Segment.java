/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/** Distance from a point to a line segment, in float so that both passes get the same bits. */
final class Segment {

    private Segment() {}

    /** Squared distance of (x, y) from the segment a-b. */
    static float squaredDistance(float x, float y, float ax, float ay, float bx, float by) {
        float ux = bx - ax;
        float uy = by - ay;
        float px = x - ax;
        float py = y - ay;
        float t = clamped(px * ux + py * uy, ux * ux + uy * uy);
        float dx = px - t * ux;
        float dy = py - t * uy;
        return dx * dx + dy * dy;
    }

    /** Where on the segment the nearest point is: 0 at a, 1 at b. */
    static float nearest(float x, float y, float ax, float ay, float bx, float by) {
        float ux = bx - ax;
        float uy = by - ay;
        return clamped((x - ax) * ux + (y - ay) * uy, ux * ux + uy * uy);
    }

    private static float clamped(float along, float length2) {
        // A segment of no length is its own nearest point; no branches, they would be coin tosses.
        return Math.min(1, Math.max(0, along / Math.max(length2, Float.MIN_NORMAL)));
    }
}
