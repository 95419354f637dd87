/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterUpstream;

/**
 * Gradients with regard to samples, from those with regard to the images; and, tile by tile, the
 * uncovered samples whose soft mask has a gradient, side by side. Memory: O(samples).
 */
final class SampleGradients {
    static final int TILE_SAMPLES = SampleGrid.TILE * SampleGrid.TILE;

    private final Frame frame;
    private final Resolve resolve;

    /** Collects the soft samples of a tile. */
    final WorkerPool.Task collecting = this::collect;

    /** As in {@link Frame}, null for zeros. Of colour before antialiasing. */
    float[] color;

    float[] attributes;
    float[] depth;
    float[] barycentric;
    private float[] softMask;

    /** Number of soft samples of a tile; {@code int[B*tiles]}. */
    final int[] softCount;

    /** Each {@code float[B*tiles*TILE_SAMPLES]}: place, factor of the gradient, and reach. */
    final float[] softX;

    final float[] softY;

    /** Gradient times product of 1 - A. */
    final float[] softFactor;

    final float[] softFarthest;
    final int[] softFarthestFace;

    SampleGradients(Frame frame, Resolve resolve) {
        this.frame = frame;
        this.resolve = resolve;
        int tiles = frame.grid.views * frame.grid.tiles;
        int size = frame.soft() ? Math.multiplyExact(tiles, TILE_SAMPLES) : 0;
        softCount = new int[tiles];
        softX = new float[size];
        softY = new float[size];
        softFactor = new float[size];
        softFarthest = new float[size];
        softFarthestFace = new int[size];
    }

    void bind(RasterUpstream from) {
        RasterUpstream upstream = resolve.toSamples(from);
        color = frame.shaded == null ? null : upstream.color;
        attributes = frame.attributes == null ? null : upstream.attributes;
        depth = upstream.depth;
        barycentric = upstream.barycentric;
        softMask = frame.soft() ? upstream.softMask : null;
    }

    boolean hasSoft() {
        return softMask != null;
    }

    boolean hasHard() {
        return color != null || attributes != null || depth != null || barycentric != null;
    }

    private void collect(int index, int worker) {
        SampleGrid grid = frame.grid;
        int view = index / grid.tiles;
        int tile = index % grid.tiles;
        int left = tile % grid.tilesX * SampleGrid.TILE;
        int top = tile / grid.tilesX * SampleGrid.TILE;
        int right = Math.min(left + SampleGrid.TILE, grid.width);
        int bottom = Math.min(top + SampleGrid.TILE, grid.height);
        int to = index * TILE_SAMPLES;
        for (int y = top; y < bottom; y++) {
            int row = view * grid.samples + y * grid.width;
            for (int x = left; x < right; x++) {
                int s = row + x;
                float factor = softMask[s] * frame.miss[s];
                if (frame.faceIndex[s] < 0 && frame.softMask[s] > 0 && factor != 0) {
                    softX[to] = grid.screenX[x];
                    softY[to] = grid.screenY[y];
                    softFactor[to] = factor;
                    softFarthest[to] = frame.farthest[s];
                    softFarthestFace[to++] = frame.farthestFace[s];
                }
            }
        }
        softCount[index] = to - index * TILE_SAMPLES;
    }
}
