/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/** Two-dimensional convolution with a square kernel and "same" padding. */
public final class Convolution implements Layer {

    /**
     * Channels that oneDNN takes together with AVX-512. With 24 channels, a kernel of 3x3 and a
     * stride of 2, the one of PyTorch 2.7.1 reads 8 more than there are: whatever the memory held
     * before comes into the result, now and then as NaN.
     */
    private static final int BLOCK = 16;

    private final NDArray weight;
    private final NDArray bias;
    private final int missing;
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
        this.missing = in < BLOCK ? 0 : Math.floorMod(-in, BLOCK);
        this.bias = bias ? parameters.constant(name + ".bias", 0, out) : null;
        this.stride = new Shape(stride, stride);
        this.padding = new Shape((long) kernel / 2 * dilation, (long) kernel / 2 * dilation);
        this.dilation = new Shape(dilation, dilation);
    }

    @Override
    public NDArray forward(NDArray input) {
        return Conv2d.conv2d(whole(input), whole(weight), bias, stride, padding, dilation, 1)
                .singletonOrThrow();
    }

    /** With channels of zeros up to whole blocks. */
    private NDArray whole(NDArray array) {
        if (missing == 0) {
            return array;
        }
        Shape shape = array.getShape();
        Shape zeros = new Shape(shape.get(0), missing, shape.get(2), shape.get(3));
        return array.concat(array.getManager().zeros(zeros), 1);
    }
}
