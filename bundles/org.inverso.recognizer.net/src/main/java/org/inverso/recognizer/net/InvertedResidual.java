/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;

/**
 * A block of MobileNetV3 (Howard et al. 2019, arXiv 1905.02244, figure 4): wider, a kernel for each
 * channel, channels weighed by what the whole picture has of them, narrower. Parts without weights
 * are left out.
 */
final class InvertedResidual {

    private final Layer expand;
    private final Layer rest;
    private final boolean residual;

    InvertedResidual(Parameters parameters, String name, int stride, Layer activation) {
        boolean wider = parameters.arrays().containsKey(name + ".expand.weight");
        this.expand =
                wider
                        ? new ReadConvolution(parameters, name + ".expand", 1).then(activation)
                        : input -> input;
        Layer inner = new ReadConvolution(parameters, name + ".depthwise", stride).then(activation);
        if (parameters.arrays().containsKey(name + ".squeeze.weight")) {
            inner = inner.then(weighed(parameters, name, InvertedResidual::hardSigmoid));
        }
        this.rest = inner.then(new ReadConvolution(parameters, name + ".project", 1));
        this.residual =
                stride == 1
                        && parameters.dimension(name + ".project.weight", 0)
                                == parameters.dimension(
                                        name + (wider ? ".expand.weight" : ".depthwise.weight"),
                                        wider ? 1 : 0);
    }

    /** Channels times numbers from 0 to 1, which depend on the means of all channels. */
    static Layer weighed(Parameters parameters, String name, Layer gate) {
        Layer weights =
                new ReadConvolution(parameters, name + ".squeeze", 1)
                        .then(Activation::relu)
                        .then(new ReadConvolution(parameters, name + ".excite", 1))
                        .then(gate);
        return input ->
                input.mul(
                        weights.forward(input.mean(new int[] {3}, true).mean(new int[] {2}, true)));
    }

    /** {@code clip(x / 6 + 1 / 2)}, from 0 to 1. */
    private static NDArray hardSigmoid(NDArray x) {
        return Scaled.by(x, 1 / 6.0).addi(0.5f).clip(0, 1);
    }

    /** {@code x hardSigmoid(x)}. */
    static NDArray hardSwish(NDArray x) {
        return hardSigmoid(x).muli(x);
    }

    /** The first part alone, wider planes. */
    NDArray expanded(NDArray input) {
        return expand.forward(input);
    }

    /**
     * @param expanded what {@link #expanded} made of the input
     */
    NDArray rest(NDArray input, NDArray expanded) {
        NDArray output = rest.forward(expanded);
        return residual ? output.addi(input) : output;
    }
}
