/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.category.ShapePrior;
import org.junit.jupiter.api.Test;

class ShapeSamplerTest {

    @Test
    void samplesKeepToTheLimitsAndReachThem() {
        ShapePrior prior =
                new ShapePrior(
                        List.of(component("wide", 1, 0, 2, 0)),
                        new float[] {-1, -0.5f},
                        new float[] {0.5f, 1});
        ShapeSampler sampler = new ShapeSampler(prior);
        SplittableRandom random = new SplittableRandom(1);
        boolean low = false;
        boolean high = false;
        for (int i = 0; i < 500; i++) {
            float[] shape = sampler.sample(random);
            assertThat(shape[0]).isBetween(-1f, 0.5f);
            assertThat(shape[1]).isBetween(-0.5f, 1f);
            low |= shape[0] == -1;
            high |= shape[1] == 1;
        }
        assertThat(low && high).isTrue();
    }

    @Test
    void theSameSeedGivesTheSameShapes() {
        ShapePrior prior =
                new ShapePrior(
                        List.of(component("any", 1, 0, 1, 0)),
                        new float[] {-5, -5},
                        new float[] {5, 5});
        ShapeSampler sampler = new ShapeSampler(prior);
        float[] first = sampler.sample(new SplittableRandom(3));
        assertThat(sampler.sample(new SplittableRandom(3))).containsExactly(first);
        assertThat(sampler.sample(new SplittableRandom(4))).isNotEqualTo(first);
    }

    @Test
    void componentsComeAsOftenAsTheyWeighAndSometimesBlend() {
        ShapeSampler sampler = new ShapeSampler(twoKinds());
        SplittableRandom random = new SplittableRandom(5);
        int small = 0;
        int large = 0;
        int count = 4000;
        for (int i = 0; i < count; i++) {
            float size = sampler.sample(random)[0];
            small += size == -4 ? 1 : 0;
            large += size == 4 ? 1 : 0;
        }
        // A blend of two of one kind is of that kind: 0.7 + 0.3 * weight of the weight.
        assertThat(small / (double) count).isCloseTo(0.25 * (0.7 + 0.3 * 0.25), within(0.025));
        assertThat(large / (double) count).isCloseTo(0.75 * (0.7 + 0.3 * 0.75), within(0.025));
    }

    @Test
    void factorsMoveWeightsTogether() {
        ShapePrior prior =
                new ShapePrior(
                        List.of(component("long", 1, 0, 0, 1)),
                        new float[] {-9, -9},
                        new float[] {9, 9});
        ShapeSampler sampler = new ShapeSampler(prior);
        SplittableRandom random = new SplittableRandom(6);
        double square = 0;
        for (int i = 0; i < 500; i++) {
            float[] shape = sampler.sample(random);
            assertThat(shape[1]).isCloseTo(-2 * shape[0], within(1e-5f));
            square += shape[0] * shape[0] / 500;
        }
        assertThat(square).isBetween(0.5, 1.3);
    }

    private static ShapePrior twoKinds() {
        return new ShapePrior(
                List.of(component("small", 0.25, -4, 0, 0), component("large", 0.75, 4, 0, 0)),
                new float[] {-5, -5},
                new float[] {5, 5});
    }

    private static ShapePrior.Component component(
            String name, double weight, float mean, float std, float factor) {
        return new ShapePrior.Component(
                name,
                weight,
                new float[] {mean, 0},
                new float[] {std, std},
                List.of(new float[] {factor, -2 * factor}));
    }
}
