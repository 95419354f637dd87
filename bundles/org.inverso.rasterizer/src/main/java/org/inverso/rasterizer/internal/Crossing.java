/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * Where a silhouette edge of the nearer of two neighbouring samples' faces crosses the line between
 * the samples (Laine et al. 2020, section 3.6). A silhouette edge has no face on its other side, or
 * one that is not drawn or is seen from its other side. Rows are crossed by edges that are rather
 * upright, columns by edges that are rather flat. One worker's; results are in fields.
 */
final class Crossing {
    private final Frame frame;
    private final float step;

    /** From the nearer sample, 0, to the other, 1. */
    float at;

    /** The edge's corners, 0 to 2. */
    int a;

    int b;

    /** Derivatives of {@link #at} by the corners' places on screen. */
    float byAx;

    float byAy;
    float byBx;
    float byBy;

    Crossing(Frame frame) {
        this.frame = frame;
        step = 2f / frame.grid.height;
    }

    /** Whether the first of two neighbours, the left or upper one, is the nearer one. */
    boolean firstIsNearer(int first, int second) {
        return frame.depth[first] <= frame.depth[second];
    }

    /**
     * Looks for the crossing between a sample and its neighbour.
     *
     * @param face of the sample, which is the nearer one
     * @param dx columns to the neighbour, dy rows to it: one is 0, the other 1 or -1
     */
    boolean find(int view, int face, int column, int row, int dx, int dy) {
        if (frame.faceState[view * frame.topology.faceCount + face] != Frame.WHOLE) {
            return false;
        }
        boolean across = dx != 0;
        float x = frame.grid.screenX[column];
        float y = frame.grid.screenY[row];
        float from = across ? x : y;
        float level = across ? y : x;
        float length = across ? dx * step : -dy * step;
        int base = view * frame.topology.vertexCount;
        int[] faces = frame.topology.faces;
        float[] along = across ? frame.screenX : frame.screenY;
        float[] beside = across ? frame.screenY : frame.screenX;
        for (int k = 0; k < 3; k++) {
            int i = k == 2 ? 0 : k + 1;
            int j = k == 0 ? 2 : k - 1;
            int va = base + faces[3 * face + i];
            int vb = base + faces[3 * face + j];
            float height = beside[vb] - beside[va];
            float width = along[vb] - along[va];
            if (beside[va] <= level == beside[vb] <= level
                    || Math.abs(width) > Math.abs(height)
                    || !silhouette(view, face, k)) {
                continue;
            }
            float s = (level - beside[va]) / height;
            float t = (along[va] + s * width - from) / length;
            if (t >= 0 && t <= 1) {
                at = t;
                a = i;
                b = j;
                derive(across, s, width / height, 1 / length);
                return true;
            }
        }
        return false;
    }

    private void derive(boolean across, float s, float slope, float scale) {
        float aAlong = (1 - s) * scale;
        float bAlong = s * scale;
        byAx = across ? aAlong : -slope * aAlong;
        byAy = across ? -slope * aAlong : aAlong;
        byBx = across ? bAlong : -slope * bAlong;
        byBy = across ? -slope * bAlong : bAlong;
    }

    private boolean silhouette(int view, int face, int corner) {
        int other = frame.topology.neighbours[3 * face + corner];
        if (other < 0) {
            return true;
        }
        int base = view * frame.topology.faceCount;
        return frame.faceState[base + other] == Frame.HIDDEN
                || frame.front[base + other] != frame.front[base + face];
    }
}
