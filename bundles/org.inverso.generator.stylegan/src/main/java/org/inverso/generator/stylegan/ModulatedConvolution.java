/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.inverso.network.EqualizedDense;
import org.inverso.network.Ownership;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;
import org.inverso.network.WholeBlocks;

/**
 * Convolution whose weights are scaled by a style, sample by sample (Karras et al. 2020, arXiv
 * 1912.04958, equations 1 and 3): {@code w'_oik = s_i w_oik}, {@code w''_oik = w'_oik / sqrt(sum_ik
 * w'_oik^2 + 1e-8)}, with an affine map from w to s.
 *
 * <p>As {@code s_i} depends on the input channel only and the root on the output channel only, it
 * computes the same to scale the input by s, to convolve all samples with the same weights, and to
 * divide the output by the root.
 */
final class ModulatedConvolution {

    private static final double EPSILON = 1e-8;
    private static final Shape ONE = new Shape(1, 1);

    private final NDArray weight;
    private final EqualizedDense affine;
    private final boolean demodulate;
    private final boolean up;
    private final Shape padding;
    private final float scale;

    /**
     * @param demodulate whether outputs are brought back to variance 1
     * @param up whether the image is doubled, which needs a 3x3 kernel
     */
    ModulatedConvolution(
            Parameters parameters,
            String name,
            int in,
            int out,
            int kernel,
            int wSize,
            boolean demodulate,
            boolean up) {
        this.weight = parameters.weight(name + ".weight", 1, 1, out, in, kernel, kernel);
        this.affine = new EqualizedDense(parameters, name + ".affine", wSize, in, 1, 1);
        this.demodulate = demodulate;
        this.up = up;
        this.padding = new Shape(kernel / 2, kernel / 2);
        this.scale = (float) (1 / Math.sqrt((double) in * kernel * kernel));
    }

    /** The style of each input channel, {@code float[N, in]}, for {@code float[N, W]}. */
    NDArray style(NDArray w) {
        return affine.forward(w);
    }

    /**
     * @param input {@code float[N, in, H, W]}
     * @param w {@code float[N, W]}
     */
    NDArray forward(NDArray input, NDArray w) {
        return forward(input, w, 1);
    }

    /**
     * @param gain factor of the result, which costs nothing with demodulation
     */
    NDArray forward(NDArray input, NDArray w, float gain) {
        NDArray style = Scaled.by(style(w), scale);
        long samples = input.getShape().get(0);
        NDArray scaled = input.mul(style.reshape(samples, -1, 1, 1));
        NDArray output = convolved(scaled);
        if (!demodulate) {
            return gain == 1 ? output : Scaled.by(output, gain);
        }
        NDArray factor = output.getManager().create(gain).div(norm(style));
        return output.mul(factor.reshape(samples, -1, 1, 1));
    }

    private NDArray convolved(NDArray input) {
        if (up) {
            // A view, so that what is made of the weights belongs to the input's manager.
            return Upsampling.convolution(
                    input, Ownership.like(input, weight.reshape(weight.getShape())));
        }
        return WholeBlocks.convolve(input, weight, null, ONE, padding, ONE);
    }

    /** Root of the sum of squared weights for each output channel, {@code float[N, out]}. */
    private NDArray norm(NDArray style) {
        NDArray squares = Ownership.like(style, weight.square()).sum(new int[] {2, 3});
        return style.square().matMul(squares.transpose()).add(EPSILON).sqrt();
    }
}
