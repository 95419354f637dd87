/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.function.Consumer;
import org.inverso.network.Layer;
import org.inverso.network.Scaled;

/**
 * R1 (Mescheder et al. 2018, arXiv 1801.04406, equation 9): {@code gamma / 2 E |dD(x)/dx|^2} over
 * real pictures, which keeps the discriminator from being steep there.
 */
public final class GradientPenalty {

    /** Root mean square of the change of a pixel, of which 2 is the whole range. */
    private static final double STEP = 0.01;

    private final double gamma;

    public GradientPenalty(double gamma) {
        this.gamma = gamma;
    }

    /**
     * @param discriminator to {@code float[N]}
     * @param pictures {@code float[N, 3, R, R]}
     * @param gradients whether the discriminator's parameters ask for gradients from now on
     * @param metrics gets the penalty as {@code r1}
     * @return a scalar whose gradient by the parameters is that of the penalty
     */
    public NDArray of(
            Layer discriminator,
            NDArray pictures,
            Consumer<Boolean> gradients,
            Map<String, Double> metrics) {
        gradients.accept(false);
        NDArray gradient =
                DirectionalDerivative.gradient(x -> discriminator.forward(x).sum(), pictures);
        gradients.accept(true);
        long samples = pictures.getShape().get(0);
        double square = gradient.square().sum().getFloat();
        metrics.put("r1", gamma / 2 * square / samples);
        double h = STEP * Math.sqrt(pictures.size() / Math.max(square, Double.MIN_NORMAL));
        // |g|^2 has the gradient 2 g dg, so g stands for v, and the 2 goes with gamma / 2.
        return Scaled.by(
                DirectionalDerivative.along(
                        x -> discriminator.forward(x).sum(), pictures, gradient, h),
                gamma / samples);
    }
}
