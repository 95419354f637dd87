/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Two-dimensional convolution with a square kernel and "same" padding. */
public final class Convolution implements Layer {

    private final NDArray weight;
    private final NDArray bias;
    private final Shape stride;
    private final Shape padding;
    private final Shape dilation;

    /**
     * @param bias whether there is one; none is needed before a normalisation
     */
    public Convolution(
            Parameters parameters,
            String name,
            int in,
            int out,
            int kernel,
            int stride,
            boolean bias) {
        this(parameters, name, in, out, kernel, stride, 1, bias);
    }

    /**
     * @param dilation distance between the input pixels that neighbours in the kernel meet
     */
    public Convolution(
            Parameters parameters,
            String name,
            int in,
            int out,
            int kernel,
            int stride,
            int dilation,
            boolean bias) {
        this.weight =
                parameters.weight(
                        name + ".weight",
                        Math.sqrt(2),
                        (long) in * kernel * kernel,
                        out,
                        in,
                        kernel,
                        kernel);
        this.bias = bias ? parameters.constant(name + ".bias", 0, out) : null;
        this.stride = new Shape(stride, stride);
        this.padding = new Shape((long) kernel / 2 * dilation, (long) kernel / 2 * dilation);
        this.dilation = new Shape(dilation, dilation);
    }

    @Override
    public NDArray forward(NDArray input) {
        return WholeBlocks.convolve(input, weight, bias, stride, padding, dilation);
    }
}
