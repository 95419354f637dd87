/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Two 3x3 convolutions around which the input is carried (He et al. 2016), with group
 * normalisation.
 */
public final class ResidualBlock implements Layer {

    private final Layer first;
    private final Layer second;
    private final Layer shortcut;

    /**
     * @param stride 2 halves the image
     */
    public ResidualBlock(
            Parameters parameters, String name, int in, int out, int stride, int groups) {
        this.first =
                new Convolution(parameters, name + ".conv1", in, out, 3, stride, false)
                        .then(new GroupNorm(parameters, name + ".norm1", out, groups))
                        .then(Activation::relu);
        this.second =
                new Convolution(parameters, name + ".conv2", out, out, 3, 1, false)
                        .then(new GroupNorm(parameters, name + ".norm2", out, groups));
        this.shortcut =
                in == out && stride == 1
                        ? input -> input
                        : new Convolution(parameters, name + ".shortcut", in, out, 1, stride, true);
    }

    @Override
    public NDArray forward(NDArray input) {
        return Activation.relu(second.forward(first.forward(input)).add(shortcut.forward(input)));
    }
}
