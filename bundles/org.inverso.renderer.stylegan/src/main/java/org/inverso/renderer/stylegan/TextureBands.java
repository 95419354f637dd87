/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;
import org.inverso.geometry.paint.TexelMap;

/**
 * What the renderer knows of a texture: the mean colour of each of {@link #BANDS} slices of the
 * object, from the top down, {@code float[3 * BANDS]}, planes, -1 to 1. They can be read from a
 * texture atlas as well as from a picture, where they hardly depend on the camera.
 */
public final class TextureBands {

    public static final int BANDS = 5;

    /** Length of the factor. */
    public static final int SIZE = 3 * BANDS;

    /** Opacity from which a pixel shows the object. */
    private static final float OBJECT = 0.5f;

    /** Part of a picture's width that a row of the object takes up at least. */
    private static final double LEAST_WIDTH = 0.04;

    private TextureBands() {}

    /**
     * Of an atlas.
     *
     * @param atlas texture in the template's UV space, sRGB
     */
    public static float[] of(Image atlas, TemplateMesh template) {
        int size = 64;
        TexelMap map = new TexelMap(template, size);
        float top = -Float.MAX_VALUE;
        float bottom = Float.MAX_VALUE;
        for (int t = 0; t < size * size; t++) {
            if (map.covered(t)) {
                top = Math.max(top, map.rest()[3 * t + 1]);
                bottom = Math.min(bottom, map.rest()[3 * t + 1]);
            }
        }
        double[] sums = new double[SIZE];
        double[] weights = new double[BANDS];
        for (int t = 0; t < size * size; t++) {
            if (map.covered(t)) {
                double down = (top - map.rest()[3 * t + 1]) / Math.max(1e-6f, top - bottom);
                int band = (int) Math.min(BANDS - 1, BANDS * down);
                int x = (t % size * 2 + 1) * atlas.width() / (2 * size);
                int y = (t / size * 2 + 1) * atlas.height() / (2 * size);
                weights[band]++;
                for (int c = 0; c < 3; c++) {
                    sums[c * BANDS + band] += atlas.get(x, y, c) / 127.5 - 1;
                }
            }
        }
        return means(sums, weights);
    }

    /**
     * Of an object in a picture.
     *
     * @param planes {@code float[3, side, side]}, -1 to 1
     * @param alpha of the object, {@code float[side, side]}
     */
    public static float[] of(float[] planes, float[] alpha, int side) {
        float[] rows = rows(alpha, 0, side);
        double[] sums = new double[SIZE];
        double[] weights = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            for (int i = 0; i < side * side; i++) {
                double weight = rows[band * side + i / side] * alpha[i];
                weights[band] += weight;
                for (int c = 0; c < 3; c++) {
                    sums[c * BANDS + band] += weight * planes[c * side * side + i];
                }
            }
        }
        return means(sums, weights);
    }

    private static float[] means(double[] sums, double[] weights) {
        float[] bands = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bands[i] = (float) (sums[i] / Math.max(1e-6, weights[i % BANDS]));
        }
        return bands;
    }

    /**
     * Which rows of a picture belong to which band.
     *
     * @param alpha of an object, {@code float[side, side]} from {@code offset} on
     * @return {@code float[BANDS, side]} of 0 and 1
     */
    public static float[] rows(float[] alpha, int offset, int side) {
        int top = side;
        int bottom = -1;
        for (int y = 0; y < side; y++) {
            int width = 0;
            for (int x = 0; x < side; x++) {
                width += alpha[offset + y * side + x] >= OBJECT ? 1 : 0;
            }
            if (width >= LEAST_WIDTH * side) {
                top = Math.min(top, y);
                bottom = y;
            }
        }
        if (bottom < 0) {
            top = 0;
            bottom = side - 1;
        }
        float[] rows = new float[BANDS * side];
        for (int y = top; y <= bottom; y++) {
            rows[(y - top) * BANDS / (bottom + 1 - top) * side + y] = 1;
        }
        return rows;
    }
}
