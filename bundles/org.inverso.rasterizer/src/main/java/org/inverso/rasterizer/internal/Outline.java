/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * A face's outline on screen: eight floats, x and y of three or four corners, the fourth x being
 * NaN when there are three.
 */
public final class Outline {
    public static final int SIZE = 8;

    private Outline() {}

    /** Writes the outline of a face that is not hidden to dest at o. */
    public static void load(Frame frame, int view, int face, NearClip near, float[] dest, int o) {
        int[] faces = frame.topology.faces;
        int base = view * frame.topology.vertexCount;
        int v0 = base + faces[3 * face];
        int v1 = base + faces[3 * face + 1];
        int v2 = base + faces[3 * face + 2];
        dest[o + 6] = Float.NaN;
        if (frame.faceState[view * frame.topology.faceCount + face] == Frame.WHOLE) {
            float[] x = frame.screenX;
            float[] y = frame.screenY;
            dest[o] = x[v0];
            dest[o + 1] = y[v0];
            dest[o + 2] = x[v1];
            dest[o + 3] = y[v1];
            dest[o + 4] = x[v2];
            dest[o + 5] = y[v2];
            return;
        }
        near.clip(frame.clip, 4 * v0, 4 * v1, 4 * v2, frame.grid.aspect);
        for (int k = 0; k < near.count; k++) {
            dest[o + 2 * k] = near.x[k];
            dest[o + 2 * k + 1] = near.y[k];
        }
    }

    /** Squared distance from a point outside. */
    static float squaredDistance(float x, float y, float[] p, int o) {
        float ax = p[o];
        float ay = p[o + 1];
        float bx = p[o + 2];
        float by = p[o + 3];
        float cx = p[o + 4];
        float cy = p[o + 5];
        float d = Segment.squaredDistance(x, y, ax, ay, bx, by);
        d = Math.min(d, Segment.squaredDistance(x, y, bx, by, cx, cy));
        float ex = p[o + 6];
        float ey = p[o + 7];
        if (ex == ex) {
            d = Math.min(d, Segment.squaredDistance(x, y, cx, cy, ex, ey));
            return Math.min(d, Segment.squaredDistance(x, y, ex, ey, ax, ay));
        }
        return Math.min(d, Segment.squaredDistance(x, y, cx, cy, ax, ay));
    }

    /** The first edge, by its first corner, that is this far from a point outside. */
    static int nearestEdge(float x, float y, float[] p, int o, int corners, float d) {
        for (int k = 0; k < corners - 1; k++) {
            int a = o + 2 * k;
            if (Segment.squaredDistance(x, y, p[a], p[a + 1], p[a + 2], p[a + 3]) == d) {
                return k;
            }
        }
        return corners - 1;
    }
}
