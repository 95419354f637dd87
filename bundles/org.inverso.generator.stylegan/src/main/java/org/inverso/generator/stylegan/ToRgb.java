/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import org.inverso.network.Parameters;

/** Colours of a block: modulated 1x1 convolution without demodulation, and a bias. */
final class ToRgb {

    private final ModulatedConvolution convolution;
    private final NDArray bias;

    ToRgb(Parameters parameters, String name, int in, int wSize) {
        this.convolution =
                new ModulatedConvolution(parameters, name, in, 3, 1, wSize, false, false);
        this.bias = parameters.constant(name + ".bias", 0, 1, 3, 1, 1);
    }

    /**
     * @param input {@code float[N, in, H, W]}
     * @param w {@code float[N, W]}
     * @return {@code float[N, 3, H, W]}
     */
    NDArray forward(NDArray input, NDArray w) {
        return convolution.forward(input, w).add(bias);
    }
}
