/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.inverso.network.Layer;

/**
 * Path length regularisation (Karras et al. 2020, arXiv 1912.04958, equation 4): {@code E (|J^T y|
 * - a)^2} with J the derivative of the picture by the styles, y normal noise over the root of the
 * number of pixels, and a the running mean of the lengths. A step in w then changes the picture as
 * much everywhere.
 */
public final class PathLengthPenalty {

    private static final double DECAY = 0.01;

    /** Root mean square of the change of a style's number; they are about 1. */
    private static final double STEP = 0.01;

    /** Square of the length of a gradient that counts as none. */
    private static final double SMALLEST = 1e-20;

    private final double weight;
    private double mean;

    /**
     * @param mean length so far, 0 at the start
     */
    public PathLengthPenalty(double weight, double mean) {
        this.weight = weight;
        this.mean = mean;
    }

    /** Running mean of the lengths. */
    public double mean() {
        return mean;
    }

    /**
     * @param synthesis from {@code float[N, L, W]} to {@code float[N, 3, R, R]}, with the same
     *     noise each time
     * @param wPlus makes the styles, again for each use, so that their gradients can be taken
     * @param noise y, {@code float[N, 3, R, R]}, standard normal
     * @param gradients whether the generator's parameters ask for gradients from now on
     * @param metrics gets the mean length as {@code pathLength}
     * @return a scalar whose gradient by the parameters is that of the penalty
     */
    public NDArray of(
            Layer synthesis,
            Supplier<NDArray> wPlus,
            NDArray noise,
            Consumer<Boolean> gradients,
            Map<String, Double> metrics) {
        Shape picture = noise.getShape();
        NDArray y = noise.mul((float) (1 / Math.sqrt(picture.get(2) * picture.get(3))));
        gradients.accept(false);
        NDArray gradient =
                DirectionalDerivative.gradient(w -> synthesis.forward(w).mul(y).sum(), wPlus.get());
        gradients.accept(true);
        Shape styles = gradient.getShape();
        int samples = (int) styles.get(0);
        NDArray norm = gradient.square().sum(new int[] {1, 2}, true).add(SMALLEST).sqrt();
        float[] lengths = norm.toFloatArray();
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            lengths[i] /= (float) Math.sqrt(styles.get(1));
            sum += lengths[i] / samples;
        }
        mean += DECAY * (sum - mean);
        metrics.put("pathLength", sum);
        float[] factors = new float[samples];
        for (int i = 0; i < samples; i++) {
            factors[i] =
                    (float)
                            (weight
                                    * 2
                                    * (lengths[i] - mean)
                                    / (samples * Math.sqrt(styles.get(1))));
        }
        NDArray weighted = y.mul(y.getManager().create(factors, new Shape(samples, 1, 1, 1)));
        double h = STEP * Math.sqrt(styles.get(1) * styles.get(2));
        return DirectionalDerivative.along(
                w -> synthesis.forward(w).mul(weighted).sum(), wPlus.get(), gradient.div(norm), h);
    }
}
