/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;

/**
 * Takes albedo's gradients to texels. Many samples share a texel, so one task does a whole view, in
 * the order of samples.
 */
public final class TextureBackward implements WorkerPool.Task {
    private final Frame frame;
    private final TextureLevels texture;
    private final Surface[] surfaces;
    private float[] full;
    private float[] coarse = new float[0];
    private float[] albedo;

    public TextureBackward(Frame frame, TextureLevels texture) {
        this.frame = frame;
        this.texture = texture;
        surfaces = new Surface[frame.grid.views];
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
        Surface surface = surfaces[view];
        TextureSampler sampler = surface.sampler();
        int end = (view + 1) * frame.grid.samples;
        for (int s = view * frame.grid.samples; s < end; s++) {
            if (frame.faceIndex[s] >= 0) {
                surface.load(view, s, frame.faceIndex[s]);
                surface.interpolateUv();
                sampler.backward(
                        view,
                        surface.u(),
                        surface.v(),
                        frame.level == null ? 0 : frame.level[s],
                        albedo,
                        3 * s,
                        full,
                        coarse);
            }
        }
        if (frame.level != null) {
            texture.backward(view, full, coarse);
        }
    }
}
