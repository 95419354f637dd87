/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.generator.stylegan.StyleGenerator;

/**
 * Random styles for training: now and then the layers from a random one on take the style of
 * another z, so that neighbouring layers do not rely on each other (Karras et al. 2019, arXiv
 * 1812.04948, section 3.1).
 *
 * @param z {@code float[N, Z]}
 * @param other {@code float[N, Z]}
 * @param first {@code float[N, L, 1]}, 1 where a layer takes the style of z
 */
record StyleMixing(NDArray z, NDArray other, NDArray first) {

    /**
     * @param mixing how often a sample gets two styles
     */
    static StyleMixing draw(
            NDManager manager,
            GeneratorShape shape,
            int samples,
            double mixing,
            SplittableRandom random) {
        NDArray z = LayerNoise.normal(manager, random, samples, shape.zSize());
        NDArray other = LayerNoise.normal(manager, random, samples, shape.zSize());
        int layers = shape.styles();
        float[] first = new float[samples * layers];
        for (int n = 0; n < samples; n++) {
            int cut = random.nextInt(1, layers);
            if (random.nextDouble() >= mixing) {
                cut = layers;
            }
            for (int l = 0; l < cut; l++) {
                first[n * layers + l] = 1;
            }
        }
        return new StyleMixing(z, other, manager.create(first, new Shape(samples, layers, 1)));
    }

    /** {@code float[N, L, W]}. */
    NDArray wPlus(StyleGenerator generator) {
        NDArray second = generator.wPlus(generator.w(other));
        return generator.wPlus(generator.w(z)).sub(second).mul(first).add(second);
    }
}
