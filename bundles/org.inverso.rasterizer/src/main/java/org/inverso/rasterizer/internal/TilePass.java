/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/** Forward pass of one tile: nearest faces, then colour, then the soft mask. */
final class TilePass implements WorkerPool.Task {
    /** Side of a tile, samples. */
    static final int TILE = 16;

    private final Frame frame;
    private final HardPass hard;
    private final SoftPass[] soft;
    private final Surface[] surfaces;

    TilePass(Frame frame, TextureLevels texture, int threads) {
        this.frame = frame;
        hard = new HardPass(frame);
        soft = new SoftPass[threads];
        surfaces = new Surface[threads];
        for (int i = 0; i < threads; i++) {
            soft[i] = new SoftPass(frame);
            surfaces[i] = new Surface(frame, texture);
        }
    }

    int count() {
        return frame.grid.views * frame.grid.tiles;
    }

    @Override
    public void run(int index, int worker) {
        SampleGrid grid = frame.grid;
        int view = index / grid.tiles;
        int tile = index % grid.tiles;
        int left = tile % grid.tilesX * TILE;
        int top = tile / grid.tilesX * TILE;
        int right = Math.min(left + TILE, grid.width);
        int bottom = Math.min(top + TILE, grid.height);
        hard.run(view, tile, left, top, right, bottom);
        if (frame.shaded != null || frame.attributes != null) {
            shade(view, surfaces[worker], left, top, right, bottom);
        }
        soft[worker].run(view, tile, left, top, right, bottom);
    }

    private void shade(int view, Surface surface, int left, int top, int right, int bottom) {
        float[] background = frame.scene.background;
        int n = frame.scene.attributeCount;
        for (int y = top; y < bottom; y++) {
            int row = view * frame.grid.samples + y * frame.grid.width;
            for (int s = row + left; s < row + right; s++) {
                int face = frame.faceIndex[s];
                if (face >= 0) {
                    surface.shade(view, s, face);
                    continue;
                }
                for (int c = 0; c < n; c++) {
                    frame.attributes[s * n + c] = 0;
                }
                if (frame.shaded != null) {
                    for (int c = 0; c < 3; c++) {
                        frame.shaded[3 * s + c] = background == null ? 0 : background[c];
                    }
                }
            }
        }
    }
}
