/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Convolution with "same" padding and equalised learning rate (Karras et al. 2018, arXiv
 * 1710.10196, section 4.1): weights of variance 1 that are scaled by {@code 1 / sqrt(in kernel^2)}
 * when they are used.
 */
public final class EqualizedConvolution implements Layer {

    private static final Shape ONE = new Shape(1, 1);

    private final NDArray weight;
    private final NDArray bias;
    private final Shape padding;
    private final float scale;
    private final float gain;

    /**
     * @param bias whether there is one, which starts at zero
     */
    public EqualizedConvolution(
            Parameters parameters, String name, int in, int out, int kernel, boolean bias) {
        this(parameters, name, in, out, kernel, bias, 1);
    }

    /**
     * @param bias whether there is one, which starts at zero
     * @param gain factor of the result; it costs nothing, as weights are scaled anyway
     */
    public EqualizedConvolution(
            Parameters parameters,
            String name,
            int in,
            int out,
            int kernel,
            boolean bias,
            double gain) {
        this.weight = parameters.weight(name + ".weight", 1, 1, out, in, kernel, kernel);
        this.bias = bias ? parameters.constant(name + ".bias", 0, out) : null;
        this.padding = new Shape(kernel / 2, kernel / 2);
        this.scale = (float) (gain / Math.sqrt((double) in * kernel * kernel));
        this.gain = (float) gain;
    }

    @Override
    public NDArray forward(NDArray input) {
        NDArray scaled = Scaled.by(input, weight, scale);
        NDArray offset = bias;
        if (bias != null && gain != 1) {
            offset = Scaled.by(input, bias, gain);
        }
        return WholeBlocks.convolve(input, scaled, offset, ONE, padding, ONE);
    }
}
