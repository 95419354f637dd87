/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;

/**
 * Takes albedo's gradients to texels. Many samples share a texel, so one task does a whole view, in
 * the order of tiles and samples.
 */
public final class TextureBackward implements WorkerPool.Task {
    private final Frame frame;
    private final TextureLevels texture;
    private final Surface[] surfaces;
    private float[] full;
    private float[] coarse = new float[0];
    private float[] albedo;

    public TextureBackward(Frame frame, TextureLevels texture, int threads) {
        this.frame = frame;
        this.texture = texture;
        surfaces = new Surface[threads];
        for (int i = 0; i < surfaces.length; i++) {
            surfaces[i] = new Surface(frame, texture);
        }
    }

    /**
     * @param to gradient of the texture, overwritten
     * @param from gradient of samples' albedo, null for zeros
     */
    public void bind(float[] to, float[] from) {
        full = to;
        albedo = from;
        coarse = Resolve.sized(coarse, texture.coarseLength());
    }

    @Override
    public void run(int view, int worker) {
        int size = full.length / frame.grid.views;
        Arrays.fill(full, view * size, (view + 1) * size, 0);
        if (albedo == null) {
            return;
        }
        int coarseSize = coarse.length / frame.grid.views;
        Arrays.fill(coarse, view * coarseSize, (view + 1) * coarseSize, 0);
        SampleGrid grid = frame.grid;
        for (int top = 0; top < grid.height; top += TilePass.TILE) {
            int bottom = Math.min(top + TilePass.TILE, grid.height);
            for (int left = 0; left < grid.width; left += TilePass.TILE) {
                int right = Math.min(left + TilePass.TILE, grid.width);
                surfaces[worker].collect(view, left, top, right, bottom);
                scatter(view, surfaces[worker]);
            }
        }
        if (frame.level != null) {
            texture.backward(view, full, coarse);
        }
    }

    private void scatter(int view, Surface surface) {
        surface.interpolateUv(view);
        for (int i = 0; i < surface.count; i++) {
            int s = surface.sample[i];
            surface.sampler()
                    .backward(
                            view,
                            surface.u[i],
                            surface.v[i],
                            frame.level == null ? 0 : frame.level[s],
                            albedo,
                            3 * s,
                            full,
                            coarse);
        }
    }
}
