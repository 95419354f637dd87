/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Normal noise for the layers of a synthesis network, and normal numbers for z. */
public final class LayerNoise {

    private LayerNoise() {}

    /** One {@code float[N, 1, H, W]} a convolution: one at 4x4, two at each further size. */
    public static List<NDArray> of(
            NDManager manager, GeneratorShape shape, int samples, SplittableRandom random) {
        List<NDArray> noise = new ArrayList<>();
        for (int layer = 0; layer < shape.styles() - 1; layer++) {
            int side = GeneratorShape.FIRST_RESOLUTION << ((layer + 1) / 2);
            noise.add(normal(manager, random, samples, 1, side, side));
        }
        return noise;
    }

    /** Standard normal numbers; the same for the same state of {@code random}, everywhere. */
    public static NDArray normal(NDManager manager, SplittableRandom random, long... shape) {
        Shape size = new Shape(shape);
        float[] values = new float[(int) size.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, size);
    }
}
