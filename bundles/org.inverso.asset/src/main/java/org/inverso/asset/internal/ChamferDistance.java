/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

/** Distance to the nearest seed by two sweeps (Borgefors 1986), in pixels, within some 8 %. */
final class ChamferDistance {

    private static final float DIAGONAL = (float) Math.sqrt(2);

    private ChamferDistance() {}

    /**
     * @param distance {@code float[height*width]}: 0 at seeds, the largest distance of interest
     *     elsewhere, negative at walls, which distance does not cross; overwritten with the
     *     distance to the nearest seed
     */
    static void propagate(float[] distance, int width, int height) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                sweep(distance, width, height, x, y, -1);
            }
        }
        for (int y = height - 1; y >= 0; y--) {
            for (int x = width - 1; x >= 0; x--) {
                sweep(distance, width, height, x, y, 1);
            }
        }
    }

    private static void sweep(float[] d, int width, int height, int x, int y, int side) {
        int i = y * width + x;
        float best = d[i];
        if (best <= 0) {
            return;
        }
        boolean before = x > 0;
        boolean after = x < width - 1;
        if (side < 0 ? before : after) {
            best = nearer(best, d[i + side], 1);
        }
        if (side < 0 ? y > 0 : y < height - 1) {
            int row = i + side * width;
            best = nearer(best, d[row], 1);
            if (before) {
                best = nearer(best, d[row - 1], DIAGONAL);
            }
            if (after) {
                best = nearer(best, d[row + 1], DIAGONAL);
            }
        }
        d[i] = best;
    }

    private static float nearer(float best, float neighbour, float step) {
        return neighbour >= 0 && neighbour + step < best ? neighbour + step : best;
    }
}
