/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterUpstream;

/**
 * Gradients with regard to samples, from those with regard to the images; and, block by block, the
 * uncovered samples whose soft mask has a gradient, side by side. Memory: O(samples).
 */
final class SampleGradients {
    static final int BLOCK_SAMPLES = SampleGrid.BLOCK * SampleGrid.BLOCK;

    private final Frame frame;
    private final Resolve resolve;

    /** Collects the soft samples of a row of blocks. */
    final WorkerPool.Task collecting = this::collectRow;

    /** As in {@link Frame}, null for zeros. Of colour before antialiasing. */
    float[] color;

    /** Of colour after antialiasing; null without. */
    float[] blendedColor;

    float[] attributes;
    float[] depth;
    float[] barycentric;
    private float[] softMask;

    /** Number of soft samples of a block; {@code int[B*blocks]}. */
    final int[] softCount;

    /** Largest squared distance, of a face that counts, in a block; {@code float[B*blocks]}. */
    final float[] softReach;

    /** Each {@code float[B*blocks*BLOCK_SAMPLES]}: place, factor of the gradient, and reach. */
    final float[] softX;

    final float[] softY;

    /** Gradient times product of 1 - A. */
    final float[] softFactor;

    final float[] softFarthest;
    final int[] softFarthestFace;

    SampleGradients(Frame frame, Resolve resolve) {
        this.frame = frame;
        this.resolve = resolve;
        int blocks = frame.grid.views * frame.grid.blocks;
        int size = frame.soft() ? Math.multiplyExact(blocks, BLOCK_SAMPLES) : 0;
        softCount = new int[blocks];
        softReach = new float[blocks];
        softX = new float[size];
        softY = new float[size];
        softFactor = new float[size];
        softFarthest = new float[size];
        softFarthestFace = new int[size];
    }

    void bind(RasterUpstream from) {
        RasterUpstream upstream = resolve.toSamples(from);
        color = frame.shaded == null ? null : upstream.color;
        blendedColor = null;
        attributes = frame.attributes == null ? null : upstream.attributes;
        depth = upstream.depth;
        barycentric = upstream.barycentric;
        softMask = frame.soft() ? upstream.softMask : null;
    }

    /** Rows of blocks in all views. */
    int rows() {
        return frame.grid.views * (frame.grid.blocks / frame.grid.blocksX);
    }

    boolean hasSoft() {
        return softMask != null;
    }

    boolean hasHard() {
        return color != null || attributes != null || depth != null || barycentric != null;
    }

    private void collectRow(int index, int worker) {
        SampleGrid grid = frame.grid;
        int rows = grid.blocks / grid.blocksX;
        int view = index / rows;
        int top = index % rows * SampleGrid.BLOCK;
        int bottom = Math.min(top + SampleGrid.BLOCK, grid.height);
        for (int b = 0; b < grid.blocksX; b++) {
            int left = b * SampleGrid.BLOCK;
            int right = Math.min(left + SampleGrid.BLOCK, grid.width);
            collect(index * grid.blocksX + b, view, left, top, right, bottom);
        }
    }

    private void collect(int index, int view, int left, int top, int right, int bottom) {
        SampleGrid grid = frame.grid;
        int to = index * BLOCK_SAMPLES;
        float reach = 0;
        for (int y = top; y < bottom; y++) {
            int row = view * grid.samples + y * grid.width;
            for (int x = left; x < right; x++) {
                int s = row + x;
                float factor = softMask[s] * frame.miss[s];
                if (frame.faceIndex[s] < 0 && frame.softMask[s] > 0 && factor != 0) {
                    softX[to] = grid.screenX[x];
                    softY[to] = grid.screenY[y];
                    softFactor[to] = factor;
                    reach = Math.max(reach, frame.farthest[s]);
                    softFarthest[to] = frame.farthest[s];
                    softFarthestFace[to++] = frame.farthestFace[s];
                }
            }
        }
        softReach[index] = reach;
        softCount[index] = to - index * BLOCK_SAMPLES;
    }
}
