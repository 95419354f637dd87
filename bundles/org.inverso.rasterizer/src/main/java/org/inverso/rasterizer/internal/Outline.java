/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * A face's outline on screen: x and y of four corners, the fourth x being NaN when there are three.
 * With edges, {@link Segment#inverse} of each follows, in the order of their first corners.
 */
public final class Outline {
    public static final int SIZE = 8;

    /** Where the inverses begin. */
    static final int INVERSE = SIZE;

    static final int SIZE_WITH_EDGES = 12;

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
        } else {
            near.clip(frame.clip, 4 * v0, 4 * v1, 4 * v2, frame.grid.aspect);
            for (int k = 0; k < near.count; k++) {
                dest[o + 2 * k] = near.x[k];
                dest[o + 2 * k + 1] = near.y[k];
            }
        }
    }

    /** Writes an outline with edges. */
    static void loadWithEdges(Frame frame, int view, int face, NearClip near, float[] dest, int o) {
        load(frame, view, face, near, dest, o);
        int last = corners(dest, o) - 1;
        for (int k = 0; k <= last; k++) {
            int a = o + 2 * k;
            int b = k == last ? o : a + 2;
            dest[o + INVERSE + k] = Segment.inverse(dest[b] - dest[a], dest[b + 1] - dest[a + 1]);
        }
    }

    static int corners(float[] p, int o) {
        return p[o + 6] == p[o + 6] ? 4 : 3;
    }

    /** Squared distance from a point outside. */
    static float squaredDistance(float x, float y, float[] p, int o) {
        int d = Math.min(edge(x, y, p, o, 0, 1), edge(x, y, p, o, 1, 2));
        if (p[o + 6] == p[o + 6]) {
            d = Math.min(d, Math.min(edge(x, y, p, o, 2, 3), edge(x, y, p, o, 3, 0)));
        } else {
            d = Math.min(d, edge(x, y, p, o, 2, 0));
        }
        return Float.intBitsToFloat(d);
    }

    /**
     * The edge nearest to a point outside, the first of equally near ones, by its first corner; and
     * above it, in the upper 32 bits, those of {@link #squaredDistance}.
     */
    static long nearestEdge(float x, float y, float[] p, int o) {
        int d0 = edge(x, y, p, o, 0, 1);
        int d1 = edge(x, y, p, o, 1, 2);
        boolean four = p[o + 6] == p[o + 6];
        int d2 = edge(x, y, p, o, 2, four ? 3 : 0);
        int d = Math.min(d0, Math.min(d1, d2));
        int nearest = d0 == d ? 0 : d1 == d ? 1 : 2;
        if (four) {
            int d3 = edge(x, y, p, o, 3, 0);
            nearest = d3 < d ? 3 : nearest;
            d = Math.min(d, d3);
        }
        return (long) d << 32 | nearest;
    }

    private static int edge(float x, float y, float[] p, int o, int a, int b) {
        int i = o + 2 * a;
        int j = o + 2 * b;
        return Segment.squaredDistance(x, y, p[i], p[i + 1], p[j], p[j + 1], p[o + INVERSE + a]);
    }
}
