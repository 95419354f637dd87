/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.List;

/**
 * Mixture of Gaussians over shape weights: a sample of a component is {@code mean + std * n + sum_i
 * factor_i * n_i} with standard normal n.
 *
 * @param min {@code float[K]}, lower limits of the weights
 * @param max {@code float[K]}, upper limits
 */
public record ShapePrior(List<Component> components, float[] min, float[] max) {

    public ShapePrior {
        components = List.copyOf(components);
    }

    /**
     * @param name for example {@code sedan}
     * @param weight share of the objects, all add up to 1
     * @param mean {@code float[K]}
     * @param std {@code float[K]}
     * @param factors directions in which weights vary together, each {@code float[K]}
     * @param poses names of the category's poses that suit it; any does when empty
     * @param coats names of the category's coats that suit it; any does when empty
     */
    public record Component(
            String name,
            double weight,
            float[] mean,
            float[] std,
            List<float[]> factors,
            List<String> poses,
            List<String> coats) {

        public Component {
            factors = List.copyOf(factors);
            poses = List.copyOf(poses);
            coats = List.copyOf(coats);
        }

        /** A component that any pose and any coat suits. */
        public Component(
                String name, double weight, float[] mean, float[] std, List<float[]> factors) {
            this(name, weight, mean, std, factors, List.of(), List.of());
        }
    }
}
