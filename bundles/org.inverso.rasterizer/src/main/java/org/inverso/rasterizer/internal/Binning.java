/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;

/**
 * Sorts faces into the tiles that their boxes, with the soft mask's margin, meet. A task does a
 * band of a view's rows of tiles and looks at all faces, which takes little: {@link FaceSetup} has
 * found their tiles. There are as many bands as threads.
 */
public final class Binning {
    private final Frame frame;
    private final int bands;
    private final int[] cursor;

    /** Most faces of a tile. */
    int largest;

    /** Counts a band's faces by tile. */
    public final WorkerPool.Task counting = (index, worker) -> visit(index, false);

    /** Writes a band's faces into their places. */
    public final WorkerPool.Task filling = (index, worker) -> visit(index, true);

    public Binning(Frame frame, int threads) {
        this.frame = frame;
        bands = Math.min(threads, frame.grid.tilesY);
        cursor = new int[frame.grid.views * frame.grid.tiles];
    }

    public int count() {
        return frame.grid.views * bands;
    }

    /** Between counting and filling: turns counts into places. */
    public void allocate() {
        int[] start = frame.binStart;
        int sum = 0;
        largest = 0;
        for (int i = 0; i < cursor.length; i++) {
            int n = cursor[i];
            largest = Math.max(largest, n);
            start[i] = sum;
            cursor[i] = sum;
            sum = Math.addExact(sum, n);
        }
        start[cursor.length] = sum;
        if (frame.binFaces.length < sum) {
            frame.binFaces = new int[Math.addExact(sum, sum / 4)];
        }
    }

    private void visit(int index, boolean fill) {
        SampleGrid grid = frame.grid;
        int view = index / bands;
        int band = index % bands;
        int top = band * grid.tilesY / bands;
        int bottom = (band + 1) * grid.tilesY / bands - 1;
        int tile0 = view * grid.tiles;
        if (!fill) {
            int from = tile0 + top * grid.tilesX;
            Arrays.fill(cursor, from, tile0 + (bottom + 1) * grid.tilesX, 0);
        }
        int faces = frame.topology.faceCount;
        long[] faceTiles = frame.faceTiles;
        int[] bins = frame.binFaces;
        for (int f = 0; f < faces; f++) {
            long tiles = faceTiles[view * faces + f];
            if (tiles == Frame.NO_TILES) {
                continue;
            }
            int x0 = (int) (tiles >>> 48);
            int x1 = (int) (tiles >>> 32) & 0xffff;
            int y0 = Math.max(top, (int) (tiles >>> 16) & 0xffff);
            int y1 = Math.min(bottom, (int) tiles & 0xffff);
            for (int ty = y0; ty <= y1; ty++) {
                int row = tile0 + ty * grid.tilesX;
                for (int tile = row + x0; tile <= row + x1; tile++) {
                    if (fill) {
                        bins[cursor[tile]++] = f;
                    } else {
                        cursor[tile]++;
                    }
                }
            }
        }
    }
}
