/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * The part of a face in front of the near plane (z + w = 0 in clip space) as a polygon on screen,
 * after Sutherland and Hodgman. Each of its three or four corners lies on an edge a-b of the face,
 * at a + t (b - a) in clip space; a kept vertex has a = b.
 */
public final class NearClip {
    private static final double SMALLEST_W = 1e-12;

    public int count;
    final float[] x = new float[4];
    final float[] y = new float[4];
    private final int[] a = new int[4];
    private final int[] b = new int[4];
    private final double[] t = new double[4];
    private final double[] p = new double[12];

    /**
     * Clips a face whose vertices are at offsets o0, o1, o2 in clip.
     *
     * @return whether anything is left
     */
    public boolean clip(double[] clip, int o0, int o1, int o2, double aspect) {
        load(clip, o0, 0);
        load(clip, o1, 4);
        load(clip, o2, 8);
        count = 0;
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            double ni = p[4 * i + 2] + p[4 * i + 3];
            double nj = p[4 * j + 2] + p[4 * j + 3];
            if (ni > 0) {
                add(i, i, 0);
            }
            if (ni > 0 != nj > 0) {
                add(i, j, ni / (ni - nj));
            }
        }
        for (int k = 0; k < count; k++) {
            double w = at(k, 3);
            if (!(w > SMALLEST_W)) {
                return false;
            }
            x[k] = (float) (aspect * at(k, 0) / w);
            y[k] = (float) (at(k, 1) / w);
        }
        return count >= 3;
    }

    private void load(double[] clip, int from, int to) {
        System.arraycopy(clip, from, p, to, 4);
    }

    private void add(int from, int to, double at) {
        a[count] = from;
        b[count] = to;
        t[count++] = at;
    }

    private double at(int k, int axis) {
        double from = p[4 * a[k] + axis];
        return from + t[k] * (p[4 * b[k] + axis] - from);
    }

    /**
     * Takes the gradient with regard to polygon corner k on screen to the face's vertices.
     *
     * @param dest {@code double[3*4]}, added to: gradient with regard to clip coordinates
     */
    public void backward(int k, double gx, double gy, double aspect, double[] dest) {
        double w = at(k, 3);
        double cx = gx * aspect / w;
        double cy = gy / w;
        double cw = -(cx * at(k, 0) + cy * at(k, 1)) / w;
        int from = 4 * a[k];
        int to = 4 * b[k];
        double s = t[k];
        dest[from] += (1 - s) * cx;
        dest[from + 1] += (1 - s) * cy;
        dest[from + 3] += (1 - s) * cw;
        if (from == to) {
            return;
        }
        dest[to] += s * cx;
        dest[to + 1] += s * cy;
        dest[to + 3] += s * cw;
        double gt =
                cx * (p[to] - p[from])
                        + cy * (p[to + 1] - p[from + 1])
                        + cw * (p[to + 3] - p[from + 3]);
        double na = p[from + 2] + p[from + 3];
        double nb = p[to + 2] + p[to + 3];
        double scale = gt / ((na - nb) * (na - nb));
        dest[from + 2] -= scale * nb;
        dest[from + 3] -= scale * nb;
        dest[to + 2] += scale * na;
        dest[to + 3] += scale * na;
    }
}
