/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.List;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.Learner.Moment;
import org.inverso.training.gan.ShrunkPictures;
import org.inverso.training.gan.TrainingPictures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrowingLearnerTest {

    private static final GeneratorShape FULL = new GeneratorShape(4, 8, 1, List.of(6, 5, 4));
    private static final GanSettings SETTINGS =
            new GanSettings(4, 0.002, 0.1, 16, 2, 16, 0.9, 0.9, 1_000);

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        JniUtils.setGradMode(true);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void picturesAreSmallAtFirstAndThenOfFullSize() {
        try (GrowingLearner learner = learner()) {
            step(learner, 0, 0.1);
            assertThat(learner.resolution()).isEqualTo(8);
            assertThat(drawn(learner.weights())).isEqualTo(8);
            step(learner, 1, GrowingLearner.SMALL);
            assertThat(learner.resolution()).isEqualTo(16);
            assertThat(drawn(learner.weights())).isEqualTo(16);
        }
    }

    @Test
    void aRunThatWasInterruptedGoesOnWithTheSizeThatItHad() {
        byte[] small;
        byte[] large;
        try (GrowingLearner learner = learner()) {
            step(learner, 0, 0.1);
            small = learner.checkpoint();
            step(learner, 1, 0.9);
            large = learner.checkpoint();
        }
        try (GrowingLearner learner = learner()) {
            learner.resume(large);
            assertThat(learner.resolution()).isEqualTo(16);
            // With more time than before, the clock says that it is early again.
            step(learner, 2, 0.1);
            assertThat(learner.resolution()).isEqualTo(16);
            learner.resume(small);
            assertThat(learner.resolution()).isEqualTo(8);
        }
    }

    @Test
    void theCheckpointOfALargerNetworkIsRefused() {
        byte[] large;
        try (GrowingLearner learner = learner()) {
            step(learner, 0, 0.9);
            large = learner.checkpoint();
        }
        GeneratorShape less = FULL.upTo(8);
        try (GrowingLearner learner = new GrowingLearner(manager, less, 8, this::source)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> learner.resume(large))
                    .withMessageContaining("16");
        }
    }

    private GrowingLearner learner() {
        return new GrowingLearner(manager, FULL, 8, this::source);
    }

    private GanLearner source(NDManager own, GeneratorShape shape) {
        TrainingPictures noise =
                (random, dest, offset) -> {
                    for (int i = 0; i < 3 * 16 * 16; i++) {
                        dest[offset + i] = (float) random.nextDouble(-1, 1);
                    }
                };
        int factor = 16 / shape.resolution();
        return new GanLearner(
                own,
                Parameters.random(own, 1),
                shape,
                factor == 1 ? noise : new ShrunkPictures(noise, 16, factor),
                SETTINGS,
                1);
    }

    private static void step(GrowingLearner learner, long number, double done) {
        double loss = learner.step(new Moment(number, number, done), new HashMap<>());
        assertThat(loss).isFinite();
    }

    private int drawn(byte[] weights) {
        try (NDManager scratch = manager.newSubManager()) {
            return new StyleGenerator(Parameters.read(scratch, weights)).shape().resolution();
        }
    }
}
