/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import org.inverso.network.EqualizedDense;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.ScaledLeakyRelu;

/**
 * From z to w, {@code float[N, Z]} to {@code float[N, W]}: z is normalised to mean square 1, then
 * goes through dense layers that learn at a hundredth of the rate (Karras et al. 2019, arXiv
 * 1812.04948).
 */
public final class MappingNetwork implements Layer {

    private static final double RATE_MULTIPLIER = 0.01;
    private static final double EPSILON = 1e-8;

    private final Layer layers;

    public MappingNetwork(Parameters parameters, GeneratorShape shape) {
        Layer all = MappingNetwork::normalised;
        for (int i = 0; i < shape.mappingLayers(); i++) {
            int in = i == 0 ? shape.zSize() : shape.wSize();
            all =
                    all.then(
                                    new EqualizedDense(
                                            parameters,
                                            name(i),
                                            in,
                                            shape.wSize(),
                                            0,
                                            RATE_MULTIPLIER))
                            .then(new ScaledLeakyRelu());
        }
        this.layers = all;
    }

    static String name(int layer) {
        return "mapping." + layer;
    }

    private static NDArray normalised(NDArray z) {
        return z.div(z.square().mean(new int[] {1}, true).add(EPSILON).sqrt());
    }

    @Override
    public NDArray forward(NDArray z) {
        return layers.forward(z);
    }
}
