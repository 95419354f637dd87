/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;

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

    /** Makes room for tiles of that many faces, for every worker, whoever will meet them. */
    void reserve(int faces) {
        if (frame.soft()) {
            for (SoftPass pass : soft) {
                pass.reserve(faces);
            }
        }
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
        surface.collect(view, left, top, right, bottom);
        if (surface.count < (right - left) * (bottom - top)) {
            clear(view, left, top, right, bottom);
        }
        if (surface.count == 0) {
            return;
        }
        if (frame.attributes != null) {
            surface.interpolateAttributes();
        }
        if (frame.shaded != null) {
            if (frame.scene.texture != null) {
                surface.interpolateUv(view);
            }
            if (frame.level != null) {
                surface.chooseLevels(view);
            }
            surface.light(view);
            surface.shade();
        }
    }

    /** What uncovered samples show. */
    private void clear(int view, int left, int top, int right, int bottom) {
        float[] background = frame.scene.background;
        int n = frame.scene.attributeCount;
        for (int y = top; y < bottom; y++) {
            int row = view * frame.grid.samples + y * frame.grid.width;
            if (frame.attributes != null) {
                Arrays.fill(frame.attributes, (row + left) * n, (row + right) * n, 0);
            }
            if (frame.shaded != null) {
                for (int s = row + left; s < row + right; s++) {
                    for (int c = 0; c < 3; c++) {
                        frame.shaded[3 * s + c] = background == null ? 0 : background[c];
                    }
                }
            }
        }
    }
}
