/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterSettings;

/**
 * Where samples are. Two frames: NDC, from -1 to 1 both ways; and the screen frame of the soft
 * mask, NDC with x times width / height, in which distances have no direction.
 */
public final class SampleGrid {
    public final int views;

    /** Side of a square tile, samples. */
    public final int tile;

    public final int width;
    public final int height;
    public final int tilesX;
    public final int tilesY;

    /** Tiles of one view. */
    public final int tiles;

    /** Samples of one view. */
    public final int samples;

    /** Width / height. */
    public final double aspect;

    /** NDC of each column's and each row's centre. */
    public final double[] ndcX;

    public final double[] ndcY;

    /** Screen frame of each column's and each row's centre. */
    public final float[] screenX;

    public final float[] screenY;

    /**
     * @param tile side of the square tiles that faces are sorted into, samples
     */
    public SampleGrid(RasterSettings settings, int tile) {
        this.tile = tile;
        views = settings.batch();
        width = Math.multiplyExact(settings.width(), settings.supersampling());
        height = Math.multiplyExact(settings.height(), settings.supersampling());
        samples = Math.multiplyExact(width, height);
        aspect = (double) width / height;
        tilesX = (width + tile - 1) / tile;
        tilesY = (height + tile - 1) / tile;
        tiles = tilesX * tilesY;
        ndcX = new double[width];
        screenX = new float[width];
        for (int x = 0; x < width; x++) {
            ndcX[x] = (2.0 * x + 1) / width - 1;
            screenX[x] = (float) (aspect * ndcX[x]);
        }
        ndcY = new double[height];
        screenY = new float[height];
        for (int y = 0; y < height; y++) {
            ndcY[y] = 1 - (2.0 * y + 1) / height;
            screenY[y] = (float) ndcY[y];
        }
    }

    /** Column, with fraction, of a screen x; whole at sample centres. */
    public double column(double x) {
        return (x + aspect) * 0.5 * height - 0.5;
    }

    /** Row, with fraction, of a screen y; whole at sample centres. */
    public double row(double y) {
        return (1 - y) * 0.5 * height - 0.5;
    }
}
