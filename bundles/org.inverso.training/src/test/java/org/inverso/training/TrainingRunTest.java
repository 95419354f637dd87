/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.inverso.api.Progress;
import org.inverso.network.Dense;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learns {@code y = 3 a - 2 b + 0.5}. Steps are counted, so a slow machine learns as much. */
class TrainingRunTest {

    private static final int SAMPLES = 32;
    private static final Duration LONG = Duration.ofHours(1);

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final float[] inputs = new float[2 * SAMPLES];
    private final float[] wanted = new float[SAMPLES];
    private NDManager manager;
    private Parameters parameters;
    private Dense line;
    @TempDir private Path folder;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        parameters = Parameters.random(manager, 1);
        line = new Dense(parameters, "line", 2, 1, 1);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < SAMPLES; i++) {
            inputs[2 * i] = (float) random.nextGaussian();
            inputs[2 * i + 1] = (float) random.nextGaussian();
            wanted[i] = 3 * inputs[2 * i] - 2 * inputs[2 * i + 1] + 0.5f;
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void itLearnsALineAndKeepsIt() throws IOException {
        List<Integer> alive = new ArrayList<>();
        Stop stop = new Stop(700);
        byte[] learned =
                new TrainingRun("line", folder, LONG, 0.05)
                        .train(
                                manager,
                                parameters,
                                (scratch, done, metrics) -> {
                                    alive.add(scratch.getParentManager().getManagedArrays().size());
                                    return loss(scratch);
                                },
                                stop);
        Parameters average = Parameters.read(manager, learned);
        float[] weight = average.arrays().get("line.weight").toFloatArray();
        assertThat(weight).containsExactly(new float[] {3, -2}, within(0.03f));
        assertThat(average.arrays().get("line.bias").toFloatArray()[0])
                .isCloseTo(0.5f, within(0.03f));
        assertThat(alive).hasSize(700).containsOnly(alive.get(0));
        assertThat(Files.readAllBytes(folder.resolve("line.safetensors"))).isEqualTo(learned);
        assertThat(TrainingRun.checkpoint(folder, "line")).contains(parameters.write(false));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void aShortRunSaysHowItWentToo() throws IOException {
        new TrainingRun("line", folder, LONG, 0.05)
                .train(
                        manager,
                        parameters,
                        (scratch, done, metrics) -> {
                            metrics.put("answer", 42.0);
                            return loss(scratch);
                        },
                        new Stop(5));
        List<String> lines = Files.readAllLines(folder.resolve("line.metrics.jsonl"));
        assertThat(lines).hasSize(1);
        JsonNode last = new ObjectMapper().readTree(lines.get(0));
        assertThat(last.get("run").asText()).isEqualTo("line");
        assertThat(last.get("step").asInt()).isEqualTo(5);
        assertThat(last.get("answer").asDouble()).isEqualTo(42);
        assertThat(last.get("loss").asDouble()).isBetween(0.1, 100.0);
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        List<Double> parts = new ArrayList<>();
        new TrainingRun("line", folder, Duration.ofMillis(300), 0.05)
                .train(
                        manager,
                        parameters,
                        (scratch, done, metrics) -> {
                            parts.add(done);
                            return loss(scratch);
                        },
                        Progress.NONE);
        assertThat(parts).isNotEmpty().isSorted();
        assertThat(parts).allMatch(done -> done >= 0 && done < 1);
    }

    @Test
    void aCancelledRunIsTakenUpWhereItWas() throws IOException {
        List<Double> parts = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            new TrainingRun("line", folder, LONG, 0.05)
                    .train(
                            manager,
                            parameters,
                            (scratch, done, metrics) -> {
                                parts.add(done);
                                return loss(scratch);
                            },
                            new Stop(20));
        }
        assertThat(parts).hasSize(40).isSorted();
        List<String> lines = Files.readAllLines(folder.resolve("line.metrics.jsonl"));
        JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(last.get("step").asInt()).isEqualTo(40);

        // One that came to its end is over.
        new TrainingRun("line", folder, Duration.ofMillis(1), 0.05)
                .train(
                        manager,
                        parameters,
                        (scratch, done, metrics) -> loss(scratch),
                        Progress.NONE);
        assertThat(folder.resolve("line.state.json")).doesNotExist();
    }

    @Test
    void aLossThatStaysNoNumberEndsTheRun() {
        TrainingRun run = new TrainingRun("line", folder, LONG, 0.05);
        List<Integer> steps = new ArrayList<>();
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                run.train(
                                        manager,
                                        parameters,
                                        (scratch, done, metrics) -> {
                                            steps.add(1);
                                            NDArray loss = loss(scratch);
                                            return steps.size() < 4 ? loss : loss.mul(Float.NaN);
                                        },
                                        new Stop(70)))
                .withMessage("line: the loss is NaN at step 24");
        assertThat(TrainingRun.checkpoint(folder, "line")).isEmpty();
    }

    @Test
    void oneLossThatIsNoNumberIsLeftOut() {
        List<Integer> steps = new ArrayList<>();
        new TrainingRun("line", folder, LONG, 0.05)
                .train(
                        manager,
                        parameters,
                        (scratch, done, metrics) -> {
                            steps.add(1);
                            NDArray loss = loss(scratch);
                            return steps.size() == 4 ? loss.mul(Float.NaN) : loss;
                        },
                        new Stop(50));
        assertThat(steps).hasSize(50);
        assertThat(parameters.arrays().get("line.weight").toFloatArray()).doesNotContain(Float.NaN);
    }

    @Test
    void aRunThatIsCancelledAtOnceLeavesTheStart() {
        float[] start = parameters.arrays().get("line.weight").toFloatArray();
        new TrainingRun("line", folder, LONG, 0.05)
                .train(manager, parameters, (scratch, done, metrics) -> null, new Stop(0));
        Parameters kept =
                Parameters.read(manager, TrainingRun.checkpoint(folder, "line").orElseThrow());
        assertThat(kept.arrays().get("line.weight").toFloatArray()).containsExactly(start);
    }

    private NDArray loss(NDManager scratch) {
        NDArray x = scratch.create(inputs, new Shape(SAMPLES, 2));
        NDArray y = scratch.create(wanted, new Shape(SAMPLES, 1));
        return line.forward(x).sub(y).square().mean();
    }

    /** Cancels after some steps; the run asks once before each. */
    private static final class Stop implements Progress {
        private int left;

        Stop(int steps) {
            this.left = steps;
        }

        @Override
        public void report(double fraction, String what) {}

        @Override
        public boolean cancelled() {
            return left-- <= 0;
        }
    }
}
