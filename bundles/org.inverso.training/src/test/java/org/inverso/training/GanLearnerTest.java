/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.gan.TrainingPictures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learns pictures of two colours: left half bright, right half dark, or the other way round. */
class GanLearnerTest {

    private static final GeneratorShape SHAPE = new GeneratorShape(8, 16, 2, List.of(16, 12, 8));

    /** Fewer layers, where many steps are needed. */
    private static final GeneratorShape SMALL = new GeneratorShape(8, 16, 1, List.of(16, 12));

    private static final GanSettings SETTINGS =
            new GanSettings(8, 0.004, 0.5, 4, 2, 4, 0.9, 0.9, 5_000);

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;
    @TempDir private Path folder;

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
    void itComesCloserToWhatItLearnsFrom() {
        GanLearner learner = learner(SMALL, 1);
        double before = distance(learner.weights());
        learn(learner, 60);
        assertThat(distance(learner.weights())).isLessThan(before / 2);
    }

    @Test
    void aRunThatWasInterruptedGoesOnAsIfItHadNotBeen() {
        GanLearner whole = learner(1);
        learn(whole, 9);
        GanLearner first = learner(1);
        learn(first, 5);
        GanLearner second = learner(1);
        second.resume(first.checkpoint());
        learn(second, 4);
        assertThat(second.steps()).isEqualTo(9);
        assertThat(second.checkpoint()).isEqualTo(whole.checkpoint());
        assertThat(second.weights()).isEqualTo(whole.weights());
    }

    @Test
    void itGrowsWithoutAJump() {
        GeneratorShape half = SHAPE.upTo(8);
        GanLearner small = learner(half, 1);
        learn(small, 6);
        GanLearner large = learner(1);
        large.grow(small.checkpoint());
        assertThat(large.steps()).isEqualTo(6);
        float[] before = pictures(small.weights());
        float[] after = pictures(large.weights());
        // Doubled by the filter, which blurs a little and darkens the border.
        double difference = 0;
        for (int i = 0; i < before.length; i++) {
            int row = i / 8 * 2;
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                sum += after[(row + k / 2) * 16 + i % 8 * 2 + k % 2] / 4;
            }
            difference += Math.abs(sum - before[i]) / before.length;
        }
        assertThat(difference).isLessThan(0.2 * spread(before));
        learn(large, 1);
        assertThat(pictures(large.weights())).doesNotContain(Float.NaN);
    }

    private float[] pictures(byte[] weights) {
        try (NDManager scratch = manager.newSubManager()) {
            StyleGenerator generator = new StyleGenerator(Parameters.read(scratch, weights));
            SplittableRandom random = new SplittableRandom(9);
            NDArray z = LayerNoise.normal(scratch, random, 4, generator.shape().zSize());
            return generator
                    .pictures(z, 1, LayerNoise.of(scratch, generator.shape(), 4, random))
                    .toFloatArray();
        }
    }

    private static double spread(float[] values) {
        double mean = 0;
        double square = 0;
        for (float value : values) {
            mean += value / (double) values.length;
            square += (double) value * value / values.length;
        }
        return Math.sqrt(square - mean * mean);
    }

    @Test
    void metricsTellOfBothNetworks() {
        Map<String, Double> metrics = new HashMap<>();
        GanLearner learner = learner(1);
        learner.step(learner.batch(0), 0, metrics);
        assertThat(metrics)
                .containsOnlyKeys(
                        "lossD",
                        "lossG",
                        "r1",
                        "pathLength",
                        "augmentation",
                        "realSign",
                        "realScore",
                        "fakeScore");
        assertThat(metrics.get("r1")).isPositive();
        assertThat(metrics.get("pathLength")).isPositive();
    }

    @Test
    void nothingPilesUp() {
        GanLearner learner = learner(1);
        learn(learner, 5);
        int alive = manager.getManagedArrays().size();
        learn(learner, 4);
        assertThat(manager.getManagedArrays()).hasSize(alive);
    }

    @Test
    void aSheetShowsSamples() throws IOException {
        learner(1).saved(folder);
        assertThat(Files.size(folder.resolve("samples/step-0000000.png"))).isPositive();
    }

    @Test
    void aCheckpointWithoutMomentsIsTakenUpToo() {
        GanLearner learner = learner(1);
        learn(learner, 3);
        NDList kept = new NDList();
        for (NDArray array : NDList.decode(manager, learner.checkpoint())) {
            if (!array.getName().contains("Adam.")) {
                kept.add(array);
            }
        }
        GanLearner other = learner(2);
        other.resume(kept.encode(NDList.Encoding.SAFETENSORS));

        assertThat(other.steps()).isEqualTo(3);
        assertThat(other.weights()).isEqualTo(learner.weights());
        learn(other, 1);
    }

    @Test
    void theCheckpointOfAnotherNetworkIsRefused() {
        byte[] checkpoint = learner(1).checkpoint();
        GanLearner other =
                new GanLearner(
                        manager,
                        Parameters.random(manager, 1),
                        new GeneratorShape(8, 16, 2, List.of(16, 8, 8)),
                        toy(SHAPE),
                        SETTINGS,
                        1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.resume(checkpoint))
                .withMessageContaining("is not of this network");
    }

    @Test
    void mixedStylesDifferInLaterLayersOnly() {
        StyleGenerator generator = new StyleGenerator(Parameters.random(manager, 1), SHAPE);
        StyleMixing mixing = StyleMixing.draw(manager, SHAPE, 16, 1, new SplittableRandom(4));
        float[] mixed = mixing.wPlus(generator).toFloatArray();
        float[] first = generator.w(mixing.z()).toFloatArray();
        float[] second = generator.w(mixing.other()).toFloatArray();
        for (int n = 0; n < 16; n++) {
            boolean switched = false;
            for (int l = 0; l < SHAPE.styles(); l++) {
                int at = (n * SHAPE.styles() + l) * SHAPE.wSize();
                boolean own = Math.abs(mixed[at] - first[n * SHAPE.wSize()]) < 1e-5;
                assertThat(own && switched).isFalse();
                switched |= !own;
                if (switched) {
                    assertThat(Math.abs(mixed[at] - second[n * SHAPE.wSize()])).isLessThan(1e-5f);
                }
            }
            assertThat(switched).isTrue();
        }
    }

    private GanLearner learner(long seed) {
        return learner(SHAPE, seed);
    }

    private GanLearner learner(GeneratorShape shape, long seed) {
        return new GanLearner(
                manager, Parameters.random(manager, seed), shape, toy(shape), SETTINGS, seed);
    }

    private static void learn(GanLearner learner, int steps) {
        for (int i = 0; i < steps; i++) {
            learner.step(learner.batch(learner.steps()), 0, new HashMap<>());
        }
    }

    private static TrainingPictures toy(GeneratorShape shape) {
        int side = shape.resolution();
        return (random, dest, offset) -> {
            boolean left = random.nextBoolean();
            for (int i = 0; i < 3 * side * side; i++) {
                boolean bright = left == i % side < side / 2;
                dest[offset + i] = bright ? 0.8f : -0.6f;
            }
        };
    }

    /** Sum over pixels of the squared differences of mean and deviation, as a share. */
    private double distance(byte[] weights) {
        try (NDManager scratch = manager.newSubManager()) {
            StyleGenerator generator = new StyleGenerator(Parameters.read(scratch, weights));
            GeneratorShape shape = generator.shape();
            SplittableRandom random = new SplittableRandom(9);
            int count = 64;
            NDArray z = LayerNoise.normal(scratch, random, count, shape.zSize());
            float[] made =
                    generator
                            .pictures(z, 1, LayerNoise.of(scratch, shape, count, random))
                            .toFloatArray();
            float[] real = new float[made.length];
            for (int n = 0; n < count; n++) {
                toy(shape).draw(random, real, n * made.length / count);
            }
            double[][] a = moments(made, count);
            double[][] b = moments(real, count);
            double sum = 0;
            for (int i = 0; i < a[0].length; i++) {
                sum += Math.pow(a[0][i] - b[0][i], 2) + Math.pow(a[1][i] - b[1][i], 2);
            }
            return sum / a[0].length;
        }
    }

    private static double[][] moments(float[] pictures, int count) {
        int size = pictures.length / count;
        double[][] moments = new double[2][size];
        for (int i = 0; i < size; i++) {
            double mean = 0;
            double square = 0;
            for (int n = 0; n < count; n++) {
                mean += pictures[n * size + i] / (double) count;
                square += Math.pow(pictures[n * size + i], 2) / count;
            }
            moments[0][i] = mean;
            moments[1][i] = Math.sqrt(Math.max(0, square - mean * mean));
        }
        return moments;
    }
}
