/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.generator.stylegan.StyleGenerator;

/** That of a {@link StyleGenerator}, with the same noise in all batches of pictures. */
final class GeneratorStudio implements StyleStudio {

    private static final int BATCH = 32;

    private final NDManager manager;
    private final StyleGenerator generator;
    private final long seed;

    /**
     * @param seed of the noise
     */
    GeneratorStudio(NDManager manager, StyleGenerator generator, long seed) {
        this.manager = manager;
        this.generator = generator;
        this.seed = seed;
    }

    @Override
    public int layers() {
        return generator.shape().styles();
    }

    @Override
    public int resolution() {
        return generator.shape().resolution();
    }

    @Override
    public float[][] draw(int count, double truncationPsi, SplittableRandom random) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray z = LayerNoise.normal(scratch, random, count, generator.shape().zSize());
            float[] all = generator.truncated(generator.w(z), truncationPsi).toFloatArray();
            float[][] w = new float[count][all.length / count];
            for (int n = 0; n < count; n++) {
                System.arraycopy(all, n * w[n].length, w[n], 0, w[n].length);
            }
            return w;
        }
    }

    @Override
    public float[] pictures(int count, Choice choice) {
        GeneratorShape shape = generator.shape();
        int size = 3 * shape.resolution() * shape.resolution();
        float[] pictures = new float[count * size];
        for (int first = 0; first < count; first += BATCH) {
            int samples = Math.min(BATCH, count - first);
            float[] wPlus = new float[samples * shape.styles() * shape.wSize()];
            for (int i = 0; i < samples * shape.styles(); i++) {
                float[] w = choice.w(first + i / shape.styles(), i % shape.styles());
                System.arraycopy(w, 0, wPlus, i * shape.wSize(), shape.wSize());
            }
            try (NDManager scratch = manager.newSubManager()) {
                List<NDArray> noise =
                        LayerNoise.of(scratch, shape, samples, new SplittableRandom(seed));
                float[] some =
                        generator
                                .pictures(
                                        scratch.create(
                                                wPlus,
                                                new Shape(samples, shape.styles(), shape.wSize())),
                                        noise)
                                .toFloatArray();
                System.arraycopy(some, 0, pictures, first * size, some.length);
            }
        }
        return pictures;
    }
}
