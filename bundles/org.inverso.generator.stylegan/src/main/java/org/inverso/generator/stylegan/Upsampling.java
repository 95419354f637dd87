/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.inverso.network.WholeBlocks;

/**
 * Doubling of images with the binomial filter {@code f = [1, 3, 3, 1] / 4} of StyleGAN2.
 *
 * <p>There, a 3x3 convolution that doubles the image is a transposed convolution with stride 2,
 * then f in both directions. In one dimension, {@code out[j] = sum_i x[i] K[j - 2 i]} with {@code
 * K[m] = sum_b f[b] w[m + b - 1]}, six taps long. Even and odd j (phase p) see three taps of K
 * each, so the whole is an ordinary 3x3 convolution of the small image to four times the channels,
 * {@code P_p[t] = K[p + 2 - 2 t]}, whose phases are then put side by side. This needs neither zeros
 * between the pixels nor a filter of its own.
 */
final class Upsampling {

    private static final float[] FILTER = {0.25f, 0.75f, 0.75f, 0.25f};
    private static final int TAPS = 3;
    private static final int WINDOW = TAPS * TAPS;
    private static final int PHASES = 4;
    private static final Shape ONE = new Shape(1, 1);

    private static final float[] WEIGHTS_TO_PHASES = weightsToPhases();
    private static final float[] IMAGE_FILTER = imageFilter();

    private Upsampling() {}

    private static float filter(int tap) {
        return tap >= 0 && tap < FILTER.length ? FILTER[tap] : 0;
    }

    /** {@code float[9, 4*9]}: what each weight adds to each tap of each phase. */
    private static float[] weightsToPhases() {
        float[] matrix = new float[WINDOW * PHASES * WINDOW];
        for (int i = 0; i < matrix.length; i++) {
            int a = i / (PHASES * WINDOW);
            int p = i / WINDOW % PHASES;
            int t = i % WINDOW;
            matrix[i] =
                    filter(a / TAPS - p / 2 + 2 * (t / TAPS) - 1)
                            * filter(a % TAPS - p % 2 + 2 * (t % TAPS) - 1);
        }
        return matrix;
    }

    /** {@code float[4, 1, 3, 3]}: the filter alone, {@code P_p[t] = f[2 t - p]}. */
    private static float[] imageFilter() {
        float[] phases = new float[PHASES * WINDOW];
        for (int i = 0; i < phases.length; i++) {
            int p = i / WINDOW;
            int t = i % WINDOW;
            phases[i] = filter(2 * (t / TAPS) - p / 2) * filter(2 * (t % TAPS) - p % 2);
        }
        return phases;
    }

    /** {@code float[N, C, H, W]} to {@code float[N, C, 2H, 2W]}, by the filter. */
    static NDArray image(NDArray image) {
        NDManager manager = image.getManager();
        Shape s = image.getShape();
        NDArray planes = image.reshape(s.get(0) * s.get(1), 1, s.get(2), s.get(3));
        NDArray filter = manager.create(IMAGE_FILTER, new Shape(PHASES, 1, TAPS, TAPS));
        return interleaved(convolved(planes, filter)).reshape(s.get(0), s.get(1), -1, 2 * s.get(3));
    }

    /**
     * Transposed convolution with stride 2, then the filter.
     *
     * @param input {@code float[N, in, H, W]}
     * @param weight {@code float[out, in, 3, 3]}, of the manager that is to own the result
     * @return {@code float[N, out, 2H, 2W]}
     */
    static NDArray convolution(NDArray input, NDArray weight) {
        Shape s = weight.getShape();
        NDArray matrix =
                input.getManager()
                        .create(WEIGHTS_TO_PHASES, new Shape(WINDOW, (long) PHASES * WINDOW));
        NDArray phases =
                weight.reshape(s.get(0) * s.get(1), WINDOW)
                        .matMul(matrix)
                        .reshape(s.get(0), s.get(1), PHASES, WINDOW)
                        .transpose(0, 2, 1, 3)
                        .reshape(s.get(0) * PHASES, s.get(1), TAPS, TAPS);
        return interleaved(convolved(input, phases));
    }

    private static NDArray convolved(NDArray input, NDArray weight) {
        return WholeBlocks.convolve(input, weight, null, ONE, ONE, ONE);
    }

    /** {@code float[N, 4C, H, W]} to {@code float[N, C, 2H, 2W]}. */
    private static NDArray interleaved(NDArray phases) {
        Shape s = phases.getShape();
        long channels = s.get(1) / PHASES;
        return phases.reshape(s.get(0), channels, 2, 2, s.get(2), s.get(3))
                .transpose(0, 1, 4, 2, 5, 3)
                .reshape(s.get(0), channels, 2 * s.get(2), 2 * s.get(3));
    }
}
