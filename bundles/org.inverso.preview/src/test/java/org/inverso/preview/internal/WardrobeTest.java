/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WardrobeTest {

    @Test
    void allGetTheirShare() {
        for (long seed = 0; seed < 20; seed++) {
            int[] dealt =
                    Wardrobe.dealt(new double[] {0.5, 0.25, 0.25}, 24, new SplittableRandom(seed));
            for (int i = 0; i < 3; i++) {
                int index = i;
                long count = Arrays.stream(dealt).filter(d -> d == index).count();
                assertThat(count).isEqualTo(i == 0 ? 12 : 6);
            }
        }
    }

    @Test
    void orderIsRandomButRepeatable() {
        double[] weights = {1, 1, 1, 1, 1, 1};
        int[] dealt = Wardrobe.dealt(weights, 24, new SplittableRandom(1));
        assertThat(dealt)
                .containsExactly(Wardrobe.dealt(weights, 24, new SplittableRandom(1)))
                .isNotEqualTo(Wardrobe.dealt(weights, 24, new SplittableRandom(2)))
                .isNotEqualTo(Arrays.stream(dealt).sorted().toArray());
    }

    @Test
    void withoutWeightsThereIsNothingToDeal() {
        assertThat(Wardrobe.dealt(new double[0], 24, new SplittableRandom(1))).isEmpty();
        assertThat(Wardrobe.dealt(new double[2], 24, new SplittableRandom(1))).isEmpty();
    }
}
