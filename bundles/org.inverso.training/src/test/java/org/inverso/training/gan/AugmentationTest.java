/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);

    @Test
    void withoutProbabilityPicturesStayAsTheyAre() {
        try (NDManager manager = runtime.newManager()) {
            NDArray pictures = LayerNoise.normal(manager, new SplittableRandom(1), 3, 3, 8, 8);
            float[] result = augmented(manager, pictures, 0, 2);
            assertThat(result).containsExactly(pictures.toFloatArray(), within(1e-5f));
        }
    }

    @Test
    void theSameSeedAugmentsTheSameWay() {
        try (NDManager manager = runtime.newManager()) {
            NDArray pictures = LayerNoise.normal(manager, new SplittableRandom(1), 3, 3, 8, 8);
            float[] result = augmented(manager, pictures, 1, 2);
            assertThat(result).isNotEqualTo(pictures.toFloatArray());
            assertThat(augmented(manager, pictures, 1, 2)).containsExactly(result);
            assertThat(augmented(manager, pictures, 1, 3)).isNotEqualTo(result);
        }
    }

    @Test
    void greyStaysGreyAndEvenStaysEven() {
        try (NDManager manager = runtime.newManager()) {
            NDArray grey = manager.ones(new ai.djl.ndarray.types.Shape(4, 3, 8, 8)).mul(0.3f);
            float[] result = augmented(manager, grey, 1, 5);
            for (int n = 0; n < 4; n++) {
                for (int i = 0; i < 3 * 64; i++) {
                    assertThat(result[n * 192 + i]).isCloseTo(result[n * 192], within(1e-4f));
                }
            }
        }
    }

    @Test
    void theProbabilityRisesWhileTheDiscriminatorKnowsTheRealOnes() {
        AdaptiveProbability adaptive = new AdaptiveProbability(1000, 10);
        for (int i = 0; i < 8; i++) {
            adaptive.update(new float[] {1, 2, 3});
        }
        assertThat(adaptive.probability()).isCloseTo(0.08, within(1e-9));
        AdaptiveProbability resumed = new AdaptiveProbability(1000, 10);
        resumed.restore(adaptive.state());
        for (int i = 0; i < 4; i++) {
            resumed.update(new float[] {1, -2, -3});
        }
        assertThat(resumed.probability()).isCloseTo(0.04, within(1e-9));
        for (int i = 0; i < 400; i++) {
            resumed.update(new float[] {5});
        }
        assertThat(resumed.probability()).isEqualTo(0.8);
    }

    private static float[] augmented(
            NDManager manager, NDArray pictures, double probability, long seed) {
        return Augmentation.draw(
                        manager,
                        (int) pictures.getShape().get(0),
                        8,
                        probability,
                        new SplittableRandom(seed))
                .forward(pictures)
                .toFloatArray();
    }
}
