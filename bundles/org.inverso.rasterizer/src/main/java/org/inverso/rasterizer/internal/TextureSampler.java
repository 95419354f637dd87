/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * Bilinear filtering, with a blend of two mip levels where asked for; texels repeat beyond the
 * borders as in glTF. (0, 0) is the top left corner of the top left texel. One worker's: results
 * are in fields.
 */
final class TextureSampler {
    private final TextureLevels texture;

    final float[] color = new float[3];

    /** Derivatives of colour by u and v. */
    final float[] byU = new float[3];

    final float[] byV = new float[3];

    private int columns;
    private int rows;
    private int t00;
    private int t10;
    private int t01;
    private int t11;
    private float fx;
    private float fy;

    TextureSampler(TextureLevels texture) {
        this.texture = texture;
    }

    /** Samples colour and its derivatives. */
    void sample(int view, float u, float v, float level) {
        int fine = (int) level;
        float rough = level - fine;
        for (int c = 0; c < 3; c++) {
            color[c] = 0;
            byU[c] = 0;
            byV[c] = 0;
        }
        add(view, u, v, fine, 1 - rough);
        if (rough > 0) {
            add(view, u, v, fine + 1, rough);
        }
    }

    private void add(int view, float u, float v, int level, float weight) {
        place(view, u, v, level);
        float[] t = texture.texels(level);
        for (int c = 0; c < 3; c++) {
            float top = t[t00 + c] + fx * (t[t10 + c] - t[t00 + c]);
            float bottom = t[t01 + c] + fx * (t[t11 + c] - t[t01 + c]);
            float left = t[t00 + c] + fy * (t[t01 + c] - t[t00 + c]);
            float right = t[t10 + c] + fy * (t[t11 + c] - t[t10 + c]);
            color[c] += weight * (top + fy * (bottom - top));
            byU[c] += weight * (right - left) * columns;
            byV[c] += weight * (bottom - top) * rows;
        }
    }

    /** Adds a sample's gradient to the texels it was read from. */
    void backward(
            int view,
            float u,
            float v,
            float level,
            float[] g,
            int at,
            float[] full,
            float[] coarse) {
        int fine = (int) level;
        float rough = level - fine;
        scatter(view, u, v, fine, 1 - rough, g, at, fine == 0 ? full : coarse);
        if (rough > 0) {
            scatter(view, u, v, fine + 1, rough, g, at, coarse);
        }
    }

    private void scatter(
            int view, float u, float v, int level, float weight, float[] g, int at, float[] dest) {
        place(view, u, v, level);
        float w00 = weight * (1 - fx) * (1 - fy);
        float w10 = weight * fx * (1 - fy);
        float w01 = weight * (1 - fx) * fy;
        float w11 = weight * fx * fy;
        for (int c = 0; c < 3; c++) {
            float gc = g[at + c];
            dest[t00 + c] += w00 * gc;
            dest[t10 + c] += w10 * gc;
            dest[t01 + c] += w01 * gc;
            dest[t11 + c] += w11 * gc;
        }
    }

    private void place(int view, float u, float v, int level) {
        columns = texture.width(level);
        rows = texture.height(level);
        // Positions that are not finite read the first texel.
        float x = Math.abs(u) <= Float.MAX_VALUE ? u * columns - 0.5f : 0;
        float y = Math.abs(v) <= Float.MAX_VALUE ? v * rows - 0.5f : 0;
        int column = floor(x);
        int row = floor(y);
        fx = Math.min(1, x - column);
        fy = Math.min(1, y - row);
        int left = wrap(column, columns);
        int right = left + 1 == columns ? 0 : left + 1;
        int top = wrap(row, rows);
        int bottom = top + 1 == rows ? 0 : top + 1;
        int at = texture.offset(view, level);
        t00 = at + 3 * (top * columns + left);
        t10 = at + 3 * (top * columns + right);
        t01 = at + 3 * (bottom * columns + left);
        t11 = at + 3 * (bottom * columns + right);
    }

    private static int floor(float x) {
        int i = (int) x;
        return i > x ? i - 1 : i;
    }

    private static int wrap(int i, int size) {
        return i >= 0 && i < size ? i : Math.floorMod(i, size);
    }
}
