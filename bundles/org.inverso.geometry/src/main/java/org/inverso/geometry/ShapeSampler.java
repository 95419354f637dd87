/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.SplittableRandom;
import org.inverso.api.category.ShapePrior;

/** Draws shape weights from a prior, and now and then from between two of its components. */
public final class ShapeSampler {

    private static final double SHARE_OF_BLENDS = 0.3;

    private final ShapePrior prior;

    public ShapeSampler(ShapePrior prior) {
        this.prior = prior;
    }

    /**
     * @return {@code float[K]} within the prior's limits
     */
    public float[] sample(SplittableRandom random) {
        return sample(component(random), random);
    }

    /**
     * @param component index of the one that the shape is of, or mostly of when it is a blend
     * @return {@code float[K]} within the prior's limits
     */
    public float[] sample(int component, SplittableRandom random) {
        float[] shape = own(component, random);
        if (random.nextDouble() < SHARE_OF_BLENDS) {
            float[] other = own(component(random), random);
            float share = (float) random.nextDouble(0.5);
            for (int k = 0; k < shape.length; k++) {
                shape[k] += share * (other[k] - shape[k]);
            }
        }
        for (int k = 0; k < shape.length; k++) {
            shape[k] = Math.max(prior.min()[k], Math.min(prior.max()[k], shape[k]));
        }
        return shape;
    }

    /** Index of a component, drawn by weight. */
    public int component(SplittableRandom random) {
        double at = random.nextDouble();
        int chosen = 0;
        while (chosen < prior.components().size() - 1
                && at >= prior.components().get(chosen).weight()) {
            at -= prior.components().get(chosen).weight();
            chosen++;
        }
        return chosen;
    }

    private float[] own(int index, SplittableRandom random) {
        ShapePrior.Component component = prior.components().get(index);
        float[] shape = component.mean().clone();
        for (int k = 0; k < shape.length; k++) {
            shape[k] += component.std()[k] * (float) random.nextGaussian();
        }
        for (float[] factor : component.factors()) {
            float n = (float) random.nextGaussian();
            for (int k = 0; k < shape.length; k++) {
                shape[k] += factor[k] * n;
            }
        }
        return shape;
    }
}
