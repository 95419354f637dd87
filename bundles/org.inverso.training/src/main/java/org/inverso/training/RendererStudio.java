/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.renderer.stylegan.RendererNetwork;
import org.inverso.training.RendererBatch.Mixture;

/** Pictures that a renderer makes, in plain arrays, all with the same noise. */
final class RendererStudio {

    private static final int BATCH = 32;

    private final NDManager manager;
    private final RendererNetwork renderer;
    private final StyleGenerator generator;

    RendererStudio(NDManager manager, RendererNetwork renderer, StyleGenerator generator) {
        this.manager = manager;
        this.renderer = renderer;
        this.generator = generator;
    }

    /** Side of the pictures, pixels. */
    int resolution() {
        return generator.shape().resolution();
    }

    /** {@code float[N * 3 * R * R]}, -1 to 1. */
    float[] pictures(List<Mixture> objects) {
        int size = 3 * resolution() * resolution();
        float[] pictures = new float[objects.size() * size];
        for (int first = 0; first < objects.size(); first += BATCH) {
            int end = Math.min(objects.size(), first + BATCH);
            RendererBatch batch = new RendererBatch(objects.subList(first, end));
            try (NDManager scratch = manager.newSubManager()) {
                NDArray wPlus = renderer.wPlus(batch.factors(scratch));
                List<NDArray> noise =
                        LayerNoise.of(
                                scratch, generator.shape(), batch.size(), new SplittableRandom(0));
                float[] some = generator.pictures(wPlus, noise).toFloatArray();
                System.arraycopy(some, 0, pictures, first * size, some.length);
            }
        }
        return pictures;
    }
}
