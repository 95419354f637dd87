/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrainingPicturesTest {

    private static final int SIDE = 4;
    private static final int SIZE = 3 * SIDE * SIDE;

    private final AtomicInteger made = new AtomicInteger();

    /** Counts. */
    private void noise(SplittableRandom random, float[] dest, int offset) {
        made.incrementAndGet();
        for (int i = 0; i < SIZE; i++) {
            dest[offset + i] = (float) random.nextDouble(-1, 1);
        }
    }

    @Test
    void aSupplyMakesEachPictureOnce() {
        TrainingPictures supply = new PictureSupply(this::noise, SIDE, 5);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            supply.draw(random, new float[SIZE], 0);
        }
        assertThat(made).hasValue(5);
    }

    @Test
    void whatASupplyGivesDoesNotDependOnWhatItGaveBefore() {
        TrainingPictures supply = new PictureSupply(this::noise, SIDE, 50);
        float[] early = new float[SIZE + 1];
        supply.draw(new SplittableRandom(7), early, 1);
        TrainingPictures other = new PictureSupply(this::noise, SIDE, 50);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 30; i++) {
            other.draw(random, new float[SIZE], 0);
        }
        float[] late = new float[SIZE + 1];
        other.draw(new SplittableRandom(7), late, 1);
        assertThat(late).containsExactly(early);
        assertThat(early).isNotEqualTo(new float[SIZE + 1]);
    }

    @Test
    void shrunkPicturesAreMeans() {
        float[] whole = new float[SIZE];
        noise(new SplittableRandom(3), whole, 0);
        float[] half = new float[3 * 2 * 2 + 2];
        new ShrunkPictures(this::noise, SIDE, 2).draw(new SplittableRandom(3), half, 2);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 2; x++) {
                    int at = c * SIDE * SIDE + 2 * y * SIDE + 2 * x;
                    float mean =
                            (whole[at] + whole[at + 1] + whole[at + SIDE] + whole[at + SIDE + 1])
                                    / 4;
                    assertThat(half[2 + c * 4 + y * 2 + x]).isCloseTo(mean, within(1e-6f));
                }
            }
        }
    }
}
