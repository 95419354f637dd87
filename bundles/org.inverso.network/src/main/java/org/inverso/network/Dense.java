/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/** Fully connected layer on {@code float[N, in]}. */
public final class Dense implements Layer {

    private final NDArray weight;
    private final NDArray bias;

    /**
     * @param gain of the initial weights, see {@link Parameters#weight}; small for heads that
     *     should start near zero
     */
    public Dense(Parameters parameters, String name, int in, int out, double gain) {
        this.weight = parameters.weight(name + ".weight", gain, in, out, in);
        this.bias = parameters.constant(name + ".bias", 0, out);
    }

    @Override
    public NDArray forward(NDArray input) {
        return Linear.linear(input, weight, bias).singletonOrThrow();
    }
}
