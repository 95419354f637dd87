/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import org.inverso.api.image.Image;

/**
 * What the renderer knows of a background: {@link #SIDE} times {@link #SIDE} mean colours, {@code
 * float[3 * SIDE * SIDE]}, planes, -1 to 1. Generators of small pictures show little more than that
 * behind their objects.
 */
public final class BackgroundGrid {

    public static final int SIDE = 8;

    /** Length of a grid. */
    public static final int SIZE = 3 * SIDE * SIDE;

    /** Part of a cell that has to be seen, for its mean to say something. */
    private static final double LEAST = 0.02;

    private BackgroundGrid() {}

    /** That of a square picture without the object, whatever its size. */
    public static float[] of(Image picture) {
        int width = picture.width();
        int height = picture.height();
        float[] planes = new float[3 * width * height];
        float[] covered = new float[width * height];
        byte[] rgba = picture.rgba();
        for (int i = 0; i < width * height; i++) {
            for (int c = 0; c < 3; c++) {
                planes[c * width * height + i] = (rgba[4 * i + c] & 0xff) / 127.5f - 1;
            }
        }
        return of(planes, covered, width, height);
    }

    /**
     * That of a picture with the object. Cells that the object covers get the colour of their
     * neighbours.
     *
     * @param planes {@code float[3, height, width]}, -1 to 1
     * @param alpha of the object, {@code float[height, width]}
     */
    public static float[] of(float[] planes, float[] alpha, int width, int height) {
        double[] sums = new double[SIZE];
        double[] weights = new double[SIDE * SIDE];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int cell = y * SIDE / height * SIDE + x * SIDE / width;
                double seen = 1 - alpha[y * width + x];
                weights[cell] += seen;
                for (int c = 0; c < 3; c++) {
                    sums[c * SIDE * SIDE + cell] += seen * planes[(c * height + y) * width + x];
                }
            }
        }
        double least = LEAST * width * height / (SIDE * SIDE);
        boolean[] known = new boolean[SIDE * SIDE];
        float[] grid = new float[SIZE];
        for (int cell = 0; cell < known.length; cell++) {
            known[cell] = weights[cell] >= least && weights[cell] > 0;
            for (int c = 0; c < 3 && known[cell]; c++) {
                int at = c * SIDE * SIDE + cell;
                grid[at] = (float) (sums[at] / weights[cell]);
            }
        }
        fill(grid, known);
        return grid;
    }

    /** Colours spread from known cells to their neighbours, ring by ring. */
    private static void fill(float[] grid, boolean[] known) {
        boolean spread = true;
        while (spread) {
            spread = false;
            boolean[] before = known.clone();
            for (int cell = 0; cell < before.length; cell++) {
                spread |= !before[cell] && fillOne(grid, before, known, cell);
            }
        }
    }

    private static boolean fillOne(float[] grid, boolean[] before, boolean[] known, int cell) {
        double[] sum = new double[3];
        int count = 0;
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                int x = cell % SIDE + dx;
                int y = cell / SIDE + dy;
                boolean inside = x >= 0 && y >= 0 && x < SIDE && y < SIDE;
                if (inside && before[y * SIDE + x]) {
                    count++;
                    for (int c = 0; c < 3; c++) {
                        sum[c] += grid[(c * SIDE + y) * SIDE + x];
                    }
                }
            }
        }
        for (int c = 0; c < 3 && count > 0; c++) {
            grid[c * SIDE * SIDE + cell] = (float) (sum[c] / count);
        }
        known[cell] = count > 0;
        return known[cell];
    }
}
