/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.renderer.stylegan.StyleSpace;
import org.inverso.training.internal.SymmetricMatrix;

/** Principal components of a generator's w, measured on random ones. */
final class StyleComponents {

    private static final int SAMPLES = 8000;

    private StyleComponents() {}

    /**
     * Writes them into a renderer's parameters.
     *
     * @param wMean of the generator, {@code float[W]}
     * @param parameters of a renderer that was made with them, by name
     */
    static void write(
            StyleStudio studio, float[] wMean, long seed, Map<String, NDArray> parameters) {
        int n = wMean.length;
        float[][] samples = studio.draw(SAMPLES, 1, new SplittableRandom(seed));
        double[] covariance = new double[n * n];
        for (float[] w : samples) {
            for (int i = 0; i < n; i++) {
                double a = (w[i] - wMean[i]) / (double) SAMPLES;
                for (int j = 0; j < n; j++) {
                    covariance[i * n + j] += a * (w[j] - wMean[j]);
                }
            }
        }
        NDArray basis = parameters.get(StyleSpace.BASIS);
        int count = (int) basis.getShape().get(0);
        double[][] principal = new SymmetricMatrix(covariance, n).principal(count);
        float[] flat = new float[count * n];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < n; i++) {
                flat[k * n + i] = (float) principal[k][i];
            }
        }
        basis.set(flat);
        parameters.get(StyleSpace.MEAN).set(wMean);
    }
}
