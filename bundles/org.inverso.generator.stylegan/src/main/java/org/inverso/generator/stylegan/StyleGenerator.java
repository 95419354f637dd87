/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.network.Ownership;
import org.inverso.network.Parameters;

/**
 * StyleGAN2's generator: z to w by the mapping network, w to wPlus by repetition, wPlus to pictures
 * by the synthesis network. Each of the three is an entry point.
 */
public final class StyleGenerator {

    /** Name of the mean of w, the one parameter that no gradient reaches. */
    public static final String W_MEAN = "w.mean";

    private static final int MEAN_BATCHES = 16;
    private static final int MEAN_BATCH = 256;

    private final GeneratorShape shape;
    private final MappingNetwork mapping;
    private final SynthesisNetwork synthesis;
    private final NDArray wMean;

    /** Of sizes that the parameters, which were read, tell. */
    public StyleGenerator(Parameters parameters) {
        this(parameters, GeneratorShape.of(parameters));
    }

    public StyleGenerator(Parameters parameters, GeneratorShape shape) {
        this.shape = shape;
        this.mapping = new MappingNetwork(parameters, shape);
        this.synthesis = new SynthesisNetwork(parameters, shape);
        this.wMean = parameters.constant(W_MEAN, 0, shape.wSize());
    }

    public GeneratorShape shape() {
        return shape;
    }

    /** {@code float[N, Z]} to {@code float[N, W]}. */
    public NDArray w(NDArray z) {
        return mapping.forward(z);
    }

    /**
     * Truncation (Karras et al. 2019, arXiv 1812.04948, appendix B): {@code w' = wMean + psi (w -
     * wMean)}.
     *
     * @param w {@code float[N, W]} or {@code float[N, L, W]}
     * @param truncationPsi 0 gives the mean, 1 leaves w as it is
     */
    public NDArray truncated(NDArray w, double truncationPsi) {
        NDArray mean = Ownership.like(w, wMean.mul((float) (1 - truncationPsi)));
        return w.mul((float) truncationPsi).add(mean);
    }

    /** The same style for all layers, {@code float[N, W]} to {@code float[N, L, W]}. */
    public NDArray wPlus(NDArray w) {
        return w.expandDims(1).broadcast(w.getShape().get(0), shape.styles(), shape.wSize());
    }

    /**
     * Pictures for styles.
     *
     * @param wPlus {@code float[N, L, W]}
     * @param noise as {@link LayerNoise} makes it
     * @return {@code float[N, 3, R, R]}, -1 to 1
     */
    public NDArray pictures(NDArray wPlus, List<NDArray> noise) {
        return synthesis.forward(wPlus, noise);
    }

    /** Pictures for {@code float[N, Z]}, all the way. */
    public NDArray pictures(NDArray z, double truncationPsi, List<NDArray> noise) {
        return pictures(wPlus(truncated(w(z), truncationPsi)), noise);
    }

    /** Measures the mean of w over some thousand z, always the same ones. */
    public void measureMean(NDManager manager) {
        SplittableRandom random = new SplittableRandom(0);
        float[] mean = new float[shape.wSize()];
        for (int batch = 0; batch < MEAN_BATCHES; batch++) {
            try (NDManager scratch = manager.newSubManager()) {
                NDArray z = LayerNoise.normal(scratch, random, MEAN_BATCH, shape.zSize());
                float[] w = w(z).mean(new int[] {0}).toFloatArray();
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += w[i] / MEAN_BATCHES;
                }
            }
        }
        wMean.set(mean);
    }
}
