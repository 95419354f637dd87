/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;

/**
 * A convolution whose sizes are those of its weights: {@code float[out, in / groups, K, K]} with K
 * odd, and a bias if there is one. A kernel that sees one channel is applied to each channel by
 * itself.
 */
final class ReadConvolution implements Layer {

    private final NDArray weight;
    private final NDArray bias;
    private final Shape stride;
    private final Shape padding;
    private final boolean depthwise;

    /**
     * @throws IllegalArgumentException when there are no such weights
     */
    ReadConvolution(Parameters parameters, String name, int stride) {
        long kernel = parameters.dimension(name + ".weight", 2);
        this.weight = parameters.arrays().get(name + ".weight");
        this.bias = parameters.arrays().get(name + ".bias");
        this.stride = new Shape(stride, stride);
        this.padding = new Shape(kernel / 2, kernel / 2);
        this.depthwise = parameters.dimension(name + ".weight", 1) == 1;
    }

    @Override
    public NDArray forward(NDArray input) {
        int groups = depthwise ? (int) weight.getShape().get(0) : 1;
        return Conv2d.conv2d(input, weight, bias, stride, padding, new Shape(1, 1), groups)
                .singletonOrThrow();
    }
}
