/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;

/** Sorts faces into the tiles that their boxes, with the soft mask's margin, meet. */
public final class Binning {
    private final Frame frame;
    private final int[] cursor;

    /** Counts one view's faces by tile, into the next tile's place. */
    public final WorkerPool.Task counting = (view, worker) -> visit(view, false);

    /** Writes one view's faces into their places. */
    public final WorkerPool.Task filling = (view, worker) -> visit(view, true);

    public Binning(Frame frame) {
        this.frame = frame;
        cursor = new int[frame.grid.views * frame.grid.tiles];
    }

    public int count() {
        return frame.grid.views;
    }

    /** Between counting and filling: turns counts into places. */
    public void allocate() {
        int[] start = frame.binStart;
        int sum = 0;
        for (int i = 0; i < cursor.length; i++) {
            int n = cursor[i];
            start[i] = sum;
            cursor[i] = sum;
            sum = Math.addExact(sum, n);
        }
        start[cursor.length] = sum;
        if (frame.binFaces.length < sum) {
            frame.binFaces = new int[Math.addExact(sum, sum / 4)];
        }
    }

    private void visit(int view, boolean fill) {
        SampleGrid grid = frame.grid;
        int tile0 = view * grid.tiles;
        if (!fill) {
            Arrays.fill(cursor, tile0, tile0 + grid.tiles, 0);
        }
        int faces = frame.topology.faceCount;
        int base = view * faces;
        int[] bins = frame.binFaces;
        float m = frame.margin;
        for (int f = 0; f < faces; f++) {
            int i = base + f;
            if (frame.faceState[i] == Frame.HIDDEN) {
                continue;
            }
            int left = frame.firstColumn(i, m);
            int right = frame.lastColumn(i, m);
            int top = frame.firstRow(i, m);
            int bottom = frame.lastRow(i, m);
            if (left > right || top > bottom) {
                continue;
            }
            int x0 = left / grid.tile;
            int x1 = right / grid.tile;
            int y0 = top / grid.tile;
            int y1 = bottom / grid.tile;
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
