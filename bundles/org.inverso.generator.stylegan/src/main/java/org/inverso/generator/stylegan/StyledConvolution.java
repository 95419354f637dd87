/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;
import org.inverso.network.ScaledLeakyRelu;

/**
 * One layer of the synthesis: modulated and demodulated 3x3 convolution, noise with a learned
 * strength, bias, leaky ReLU (Karras et al. 2020, arXiv 1912.04958, figure 2c).
 */
final class StyledConvolution {

    private final ModulatedConvolution convolution;
    private final NDArray noiseStrength;
    private final NDArray bias;

    StyledConvolution(Parameters parameters, String name, int in, int out, int wSize, boolean up) {
        this.convolution = new ModulatedConvolution(parameters, name, in, out, 3, wSize, true, up);
        this.noiseStrength = parameters.constant(name + ".noise", 0, 1);
        this.bias = parameters.constant(name + ".bias", 0, 1, out, 1, 1);
    }

    /**
     * @param input {@code float[N, in, H, W]}
     * @param w {@code float[N, W]}
     * @param noise {@code float[N, 1, H', W']} of the output's size
     */
    NDArray forward(NDArray input, NDArray w, NDArray noise) {
        // The activation's factor goes with the demodulation; sums in place save memory traffic,
        // and
        // no backward pass needs what was there before.
        NDArray strength = Scaled.by(input, noiseStrength, ScaledLeakyRelu.GAIN);
        NDArray offset = Scaled.by(input, bias, ScaledLeakyRelu.GAIN);
        return ScaledLeakyRelu.ofScaled(
                convolution
                        .forward(input, w, ScaledLeakyRelu.GAIN)
                        .addi(noise.mul(strength))
                        .addi(offset));
    }
}
