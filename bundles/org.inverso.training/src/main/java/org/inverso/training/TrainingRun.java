/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.Progress;
import org.inverso.network.Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time-boxed training: steps until the time is over, with a learning rate that warms up and then
 * falls to zero along a cosine, an exponential moving average of the parameters, metrics as JSON
 * lines, and checkpoints from which the next run goes on.
 */
public final class TrainingRun {

    private static final Logger LOGGER = LoggerFactory.getLogger(TrainingRun.class);
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(5);
    private static final Duration BETWEEN_METRICS = Duration.ofSeconds(20);
    private static final int WARM_UP_STEPS = 200;
    private static final double AVERAGE_DECAY = 0.999;

    private final String name;
    private final Path folder;
    private final Duration time;
    private final double learningRate;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param name of the weights, for example {@code encoder}
     * @param folder of checkpoints and metrics
     * @param time that the run may take
     * @param learningRate highest one, of Adam
     */
    public TrainingRun(String name, Path folder, Duration time, double learningRate) {
        this.name = name;
        this.folder = folder;
        this.time = time;
        this.learningRate = learningRate;
    }

    /** One training step: what is to be minimised, and what is worth knowing. */
    @FunctionalInterface
    public interface Step {

        /**
         * @param scratch manager of all that the step makes
         * @param done part of the training that is over, 0 to 1
         * @param metrics values by name, averaged over the steps between two reports
         * @return the loss, a scalar
         */
        NDArray loss(NDManager scratch, double done, Map<String, Double> metrics);
    }

    /** Where the parameters of an earlier run are, if there was one. */
    public static Optional<byte[]> checkpoint(Path folder, String name) {
        Path file = folder.resolve(name + ".checkpoint.safetensors");
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Trains.
     *
     * @return the averaged parameters in half precision, which are in {@code NAME.safetensors} of
     *     the folder too
     */
    public byte[] train(NDManager manager, Parameters parameters, Step step, Progress progress) {
        // The operators' calls into LibTorch are made without DJL's collector, which walks all live
        // arrays.
        JniUtils.setGradMode(true);
        try (NDManager own = manager.newSubManager()) {
            Files.createDirectories(folder);
            parameters.requireGradients();
            AdamOptimizer adam = new AdamOptimizer(own, parameters.arrays());
            MovingAverage average = new MovingAverage(own, parameters.arrays(), AVERAGE_DECAY);
            long start = System.nanoTime();
            long reported = start;
            long saved = start;
            long steps = 0;
            long stepsThen = 0;
            Map<String, Double> sums = new LinkedHashMap<>();
            while (true) {
                long now = System.nanoTime();
                double done = Math.min(1, (now - start) / (double) time.toNanos());
                if (done >= 1 || progress.cancelled()) {
                    break;
                }
                Map<String, Double> metrics = new LinkedHashMap<>();
                try (NDManager scratch = own.newSubManager()) {
                    NDArray loss = step.loss(scratch, done, metrics);
                    double value = loss.getFloat();
                    if (!Double.isFinite(value)) {
                        throw new IllegalStateException(
                                name + ": the loss is " + value + " at step " + steps);
                    }
                    metrics.put("loss", value);
                    JniUtils.backward(
                            (PtNDArray) loss,
                            (PtNDArray) scratch.ones(loss.getShape()),
                            false,
                            false);
                }
                steps++;
                adam.step(rate(done, steps));
                average.update(steps);
                metrics.forEach((key, value) -> sums.merge(key, value, Double::sum));
                if (now - reported > BETWEEN_METRICS.toNanos()) {
                    report(done, steps, steps - stepsThen, sums, start, progress);
                    sums.clear();
                    stepsThen = steps;
                    reported = now;
                }
                if (now - saved > BETWEEN_CHECKPOINTS.toNanos()) {
                    save(name + ".checkpoint.safetensors", parameters.write(false));
                    save(name + ".safetensors", average.write(parameters));
                    saved = now;
                }
            }
            if (steps > stepsThen) {
                report(1, steps, steps - stepsThen, sums, start, progress);
            }
            save(name + ".checkpoint.safetensors", parameters.write(false));
            byte[] result = average.write(parameters);
            save(name + ".safetensors", result);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write into " + folder + ": " + e.getMessage(), e);
        }
    }

    private double rate(double done, long steps) {
        double warm = Math.min(1, steps / (double) WARM_UP_STEPS);
        return learningRate * warm * (0.02 + 0.98 * (0.5 + 0.5 * Math.cos(Math.PI * done)));
    }

    private void report(
            double done,
            long steps,
            long counted,
            Map<String, Double> sums,
            long start,
            Progress progress)
            throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        double seconds = (System.nanoTime() - start) / 1e9;
        line.put("run", name);
        line.put("step", steps);
        line.put("seconds", Math.round(seconds));
        line.put("stepsPerSecond", Math.round(100 * steps / seconds) / 100.0);
        sums.forEach((key, sum) -> line.put(key, Math.round(1e5 * sum / counted) / 1e5));
        String text = json.writeValueAsString(line);
        Files.writeString(
                folder.resolve(name + ".metrics.jsonl"),
                text + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        LOGGER.info("{}", text);
        long left = Math.round((1 - done) * time.toSeconds());
        progress.report(done, String.format("%s, %d:%02d left", name, left / 60, left % 60));
    }

    private void save(String file, byte[] bytes) throws IOException {
        // Written beside and moved, so that a run that is killed leaves the last checkpoint whole.
        Path temporary = folder.resolve(file + ".part");
        Files.write(temporary, bytes);
        Files.move(
                temporary,
                folder.resolve(file),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
