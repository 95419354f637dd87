/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Leaky ReLU with slope 0.2, times sqrt 2, so that the variance stays what it was (Karras et al.
 * 2020, arXiv 1912.04958).
 */
public final class ScaledLeakyRelu implements Layer {

    private static final float SLOPE = 0.2f;

    /** What keeps the variance. */
    public static final float GAIN = (float) Math.sqrt(2);

    /**
     * Without the factor, for inputs that have it already: {@code relu(g x) = g relu(x)} for {@code
     * g > 0}, and before the activation the factor can often be had for nothing.
     */
    public static NDArray ofScaled(NDArray input) {
        return Activation.leakyRelu(input, SLOPE);
    }

    @Override
    public NDArray forward(NDArray input) {
        return Scaled.by(ofScaled(input), GAIN);
    }
}
