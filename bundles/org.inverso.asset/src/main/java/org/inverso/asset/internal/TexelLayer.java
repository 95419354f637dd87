/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

/**
 * Colours and how sure they are, texel by texel of an atlas.
 *
 * @param rgb {@code float[size*size*3]}, sRGB-encoded, 0 to 1
 * @param weight {@code float[size*size]}, 0 where nothing is known, up to 1
 */
record TexelLayer(int size, float[] rgb, float[] weight) {

    static TexelLayer empty(int size) {
        return new TexelLayer(size, new float[3 * size * size], new float[size * size]);
    }

    /**
     * Bilinear sample of the known texels alone.
     *
     * @param u to the right, 0 to 1
     * @param v downwards, 0 to 1
     * @param dest RGB, left alone when nothing is known there
     * @param at index of red in {@code dest}
     * @return the interpolated weight
     */
    float sample(float u, float v, float[] dest, int at) {
        float fx = u * size - 0.5f;
        float fy = v * size - 0.5f;
        int x = (int) Math.floor(fx);
        int y = (int) Math.floor(fy);
        float ax = fx - x;
        float ay = fy - y;
        float r = 0;
        float g = 0;
        float b = 0;
        float sum = 0;
        for (int corner = 0; corner < 4; corner++) {
            int dx = corner & 1;
            int dy = corner >> 1;
            int sx = Math.max(0, Math.min(size - 1, x + dx));
            int sy = Math.max(0, Math.min(size - 1, y + dy));
            int t = sy * size + sx;
            float w = (dx == 0 ? 1 - ax : ax) * (dy == 0 ? 1 - ay : ay) * weight[t];
            if (w > 0) {
                sum += w;
                r += w * rgb[3 * t];
                g += w * rgb[3 * t + 1];
                b += w * rgb[3 * t + 2];
            }
        }
        if (sum > 0) {
            dest[at] = r / sum;
            dest[at + 1] = g / sum;
            dest[at + 2] = b / sum;
        }
        return sum;
    }
}
