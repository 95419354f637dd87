/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;

/**
 * Nearest face of each sample by homogeneous rasterisation (Olano and Greer 1997): with corners p_i
 * = (x, y, w) in clip space and the sample u = (x, y, 1), the edge functions e_0 = (p1 x p2) . u
 * and so on are all of det's sign exactly when the ray meets the face in front of the camera, and
 * b_i = e_i / (e_0 + e_1 + e_2) are the perspective-correct barycentrics. Faces need no clipping:
 * what is nearer than the near plane is left out sample by sample.
 *
 * <p>Edge functions are in double and change nothing but their sign when an edge's ends are
 * swapped, so that neighbours neither overlap nor gape. Depths are compared as floats; the lowest
 * face index wins a tie.
 */
final class HardPass {
    /** More than the rounding of depths, relative. */
    private static final double ROUNDING = 1e-6;

    /** Columns by which a row's span is widened: far more than its ends' rounding. */
    private static final double HAIR = 1e-3;

    private final Frame frame;

    HardPass(Frame frame) {
        this.frame = frame;
    }

    void run(int view, int tile, int x0, int y0, int x1, int y1) {
        SampleGrid grid = frame.grid;
        int view0 = view * grid.samples;
        for (int y = y0; y < y1; y++) {
            int from = view0 + y * grid.width + x0;
            int to = from + x1 - x0;
            Arrays.fill(frame.faceIndex, from, to, -1);
            Arrays.fill(frame.depth, from, to, Float.POSITIVE_INFINITY);
            Arrays.fill(frame.barycentric, 3 * from, 3 * to, 0);
        }
        // Of closed meshes the fronts hide the backs, which then need no look.
        draw(view, tile, x0, y0, x1, y1, true);
        if (!frame.settings.cullBackFaces()) {
            draw(view, tile, x0, y0, x1, y1, false);
        }
        markVisible(view, x0, y0, x1, y1);
    }

    private void draw(int view, int tile, int x0, int y0, int x1, int y1, boolean front) {
        int faceBase = view * frame.topology.faceCount;
        double hidden = front ? Double.POSITIVE_INFINITY : farthest(view, x0, y0, x1, y1);
        int end = frame.binStart[view * frame.grid.tiles + tile + 1];
        for (int e = frame.binStart[view * frame.grid.tiles + tile]; e < end; e++) {
            int f = frame.binFaces[e];
            int i = faceBase + f;
            if (frame.front[i] != front) {
                continue;
            }
            double nearest = front ? 0 : nearest(view, f);
            if (hidden < nearest) {
                continue;
            }
            int left = Math.max(x0, frame.firstColumn(i, 0));
            int right = Math.min(x1 - 1, frame.lastColumn(i, 0));
            int top = Math.max(y0, frame.firstRow(i, 0));
            int bottom = Math.min(y1 - 1, frame.lastRow(i, 0));
            if (left > right || top > bottom) {
                continue;
            }
            if (front || !isHidden(nearest, view, left, top, right, bottom)) {
                draw(view, f, left, top, right, bottom);
            }
        }
    }

    /** Depth beyond which nothing is seen; infinity where a sample is uncovered. */
    private float farthest(int view, int x0, int y0, int x1, int y1) {
        float farthest = Float.NEGATIVE_INFINITY;
        for (int y = y0; y < y1; y++) {
            int row = view * frame.grid.samples + y * frame.grid.width;
            for (int s = row + x0; s < row + x1; s++) {
                farthest = Math.max(farthest, frame.depth[s]);
            }
        }
        return farthest;
    }

    /** Whether all of a rectangle is nearer than a depth. */
    private boolean isHidden(double nearest, int view, int left, int top, int right, int bottom) {
        for (int y = top; y <= bottom; y++) {
            int row = view * frame.grid.samples + y * frame.grid.width;
            for (int s = row + left; s <= row + right; s++) {
                if (!(frame.depth[s] < nearest)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** No more than the least depth a face can have at a sample, after rounding. */
    private double nearest(int view, int face) {
        int base = view * frame.topology.vertexCount;
        double d0 = frame.vertexDepth[base + frame.topology.faces[3 * face]];
        double d1 = frame.vertexDepth[base + frame.topology.faces[3 * face + 1]];
        double d2 = frame.vertexDepth[base + frame.topology.faces[3 * face + 2]];
        double least = Math.min(d0, Math.min(d1, d2));
        double most = Math.max(Math.abs(d0), Math.max(Math.abs(d1), Math.abs(d2)));
        return least - ROUNDING * most;
    }

    private void markVisible(int view, int x0, int y0, int x1, int y1) {
        int faceBase = view * frame.topology.faceCount;
        for (int y = y0; y < y1; y++) {
            int row = view * frame.grid.samples + y * frame.grid.width;
            for (int s = row + x0; s < row + x1; s++) {
                int face = frame.faceIndex[s];
                // Other tiles write the same value; writing it again would take it from their
                // caches.
                if (face >= 0 && !frame.visible[faceBase + face]) {
                    frame.visible[faceBase + face] = true;
                }
            }
        }
    }

    /**
     * Column, with fraction, where an edge function is 0.
     *
     * @param at its value at u = 0
     * @param inverse one over its slope
     */
    private double zero(double at, double inverse) {
        return (1 - at * inverse) * 0.5 * frame.grid.width - 0.5;
    }

    private void draw(int view, int face, int left, int top, int right, int bottom) {
        int base = view * frame.topology.vertexCount;
        int v0 = base + frame.topology.faces[3 * face];
        int v1 = base + frame.topology.faces[3 * face + 1];
        int v2 = base + frame.topology.faces[3 * face + 2];
        double[] c = frame.clip;
        double x0 = c[4 * v0];
        double y0 = c[4 * v0 + 1];
        double w0 = c[4 * v0 + 3];
        double x1 = c[4 * v1];
        double y1 = c[4 * v1 + 1];
        double w1 = c[4 * v1 + 3];
        double x2 = c[4 * v2];
        double y2 = c[4 * v2 + 1];
        double w2 = c[4 * v2 + 3];
        double ax = y1 * w2 - w1 * y2;
        double ay = w1 * x2 - x1 * w2;
        double a1 = x1 * y2 - y1 * x2;
        double sign = ax * x0 + ay * y0 + a1 * w0 < 0 ? -1 : 1;
        ax *= sign;
        ay *= sign;
        a1 *= sign;
        double bx = sign * (y2 * w0 - w2 * y0);
        double by = sign * (w2 * x0 - x2 * w0);
        double b1 = sign * (x2 * y0 - y2 * x0);
        double cx = sign * (y0 * w1 - w0 * y1);
        double cy = sign * (w0 * x1 - x0 * w1);
        double c1 = sign * (x0 * y1 - y0 * x1);
        double d0 = frame.vertexDepth[v0];
        double d1 = frame.vertexDepth[v1];
        double d2 = frame.vertexDepth[v2];
        boolean cut = frame.faceState[view * frame.topology.faceCount + face] == Frame.CUT;
        double n0 = c[4 * v0 + 2] + w0;
        double n1 = c[4 * v1 + 2] + w1;
        double n2 = c[4 * v2 + 2] + w2;

        double inverseA = 1 / ax;
        double inverseB = 1 / bx;
        double inverseC = 1 / cx;
        double[] ndcX = frame.grid.ndcX;
        float[] depth = frame.depth;
        int view0 = view * frame.grid.samples;
        for (int row = top; row <= bottom; row++) {
            double v = frame.grid.ndcY[row];
            double ea = ay * v + a1;
            double eb = by * v + b1;
            double ec = cy * v + c1;
            double za = zero(ea, inverseA);
            double zb = zero(eb, inverseB);
            double zc = zero(ec, inverseC);
            double from = left;
            from = ax > 0 && za > from ? za : from;
            from = bx > 0 && zb > from ? zb : from;
            from = cx > 0 && zc > from ? zc : from;
            double to = right;
            to = ax < 0 && za < to ? za : to;
            to = bx < 0 && zb < to ? zb : to;
            to = cx < 0 && zc < to ? zc : to;
            int last = (int) (to + HAIR);
            int column = (int) Math.ceil(from - HAIR);
            int s = view0 + row * frame.grid.width + column;
            for (; column <= last; column++, s++) {
                double u = ndcX[column];
                double e0 = ax * u + ea;
                double e1 = bx * u + eb;
                double e2 = cx * u + ec;
                double sum = e0 + e1 + e2;
                if (e0 >= 0 && e1 >= 0 && e2 >= 0 && sum > 0) {
                    double scale = 1 / sum;
                    e0 *= scale;
                    e1 *= scale;
                    e2 *= scale;
                    float d = (float) (e0 * d0 + e1 * d1 + e2 * d2);
                    if (d <= depth[s]
                            && (d < depth[s] || face < frame.faceIndex[s])
                            && !(cut && e0 * n0 + e1 * n1 + e2 * n2 < 0)) {
                        depth[s] = d;
                        frame.faceIndex[s] = face;
                        frame.barycentric[3 * s] = (float) e0;
                        frame.barycentric[3 * s + 1] = (float) e1;
                        frame.barycentric[3 * s + 2] = (float) e2;
                    }
                }
            }
        }
    }
}
