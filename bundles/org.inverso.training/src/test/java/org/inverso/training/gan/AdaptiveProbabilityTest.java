/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptiveProbabilityTest {

    private final AdaptiveProbability augmentation = new AdaptiveProbability(8000, 8);

    @Test
    void risesWhileRealPicturesAreRecognizedTooWell() {
        update(40, 1, 1, 1, 1);
        assertThat(augmentation.probability()).isPositive();
    }

    @Test
    void fallsWhileTheyAreNot() {
        update(40, 1, 1, 1, 1);
        double before = augmentation.probability();
        update(20, 1, -1, 1, -1);
        assertThat(augmentation.probability()).isLessThan(before);
    }

    @Test
    void aScoreThatIsNoNumberLeavesNoTrace() {
        update(1, 1, Float.NaN, 1, 1);
        update(40, 1, 1, 1, 1);
        assertThat(augmentation.probability()).isPositive();
    }

    private void update(int times, float... scores) {
        for (int i = 0; i < times; i++) {
            augmentation.update(scores);
        }
    }
}
