/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/**
 * Fully connected layer with equalised learning rate (Karras et al. 2018, arXiv 1710.10196, section
 * 4.1): the parameters are drawn with variance 1 and scaled when they are used, {@code y = m (W x /
 * sqrt(in) + b)} with the learning rate's multiplier {@code m}, and W drawn with deviation {@code 1
 * / m}.
 */
public final class EqualizedDense implements Layer {

    private final NDArray weight;
    private final NDArray bias;
    private final double scale;
    private final double multiplier;

    /**
     * @param bias that it starts with, before the multiplier
     * @param multiplier of the learning rate, 0.01 in a mapping network, else 1
     */
    public EqualizedDense(
            Parameters parameters, String name, int in, int out, double bias, double multiplier) {
        this.weight = parameters.weight(name + ".weight", 1 / multiplier, 1, out, in);
        this.bias = parameters.constant(name + ".bias", (float) bias, out);
        this.scale = multiplier / Math.sqrt(in);
        this.multiplier = multiplier;
    }

    @Override
    public NDArray forward(NDArray input) {
        NDArray offset = multiplier == 1 ? bias : Scaled.by(input, bias, multiplier);
        return Linear.linear(Scaled.by(input, scale), weight, offset).singletonOrThrow();
    }
}
