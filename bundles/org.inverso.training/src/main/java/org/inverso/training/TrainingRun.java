/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.Progress;
import org.inverso.network.Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time-boxed training: steps until the time is over, metrics as JSON lines, and checkpoints from
 * which the next run goes on.
 */
public final class TrainingRun {

    private static final Logger LOGGER = LoggerFactory.getLogger(TrainingRun.class);
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(5);
    private static final Duration BETWEEN_METRICS = Duration.ofSeconds(20);
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(500);

    /** Steps one after the other without a finite gradient, after which there is no hope. */
    private static final int MOST_LEFT_OUT = 20;

    private final String name;
    private final Path folder;
    private final Duration time;
    private final double learningRate;
    private final ObjectMapper json = new ObjectMapper();

    /** What an earlier, cancelled run has done of this one. */
    private record Done(long steps, long millis) {}

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
     * Trains one network. A run that was cancelled is taken up where it was, with its learning
     * rate, by the next one in the same folder; one that came to its end starts anew from the
     * weights.
     *
     * @return the averaged parameters in half precision, which are in {@code NAME.safetensors} of
     *     the folder too
     */
    public byte[] train(NDManager manager, Parameters parameters, Step step, Progress progress) {
        // The operators' calls into LibTorch are made without DJL's collector, which walks all live
        // arrays.
        JniUtils.setGradMode(true);
        try (NDManager own = manager.newSubManager()) {
            return train(new NetworkLearner(own, parameters, step, learningRate), progress);
        }
    }

    /**
     * Trains whatever learns in steps, with the same clock, metrics and files.
     *
     * @return its weights
     */
    byte[] train(Learner learner, Progress progress) {
        try {
            Files.createDirectories(folder);
            Done before = before();
            long now = System.nanoTime();
            long start = now - Duration.ofMillis(before.millis()).toNanos();
            long reported = now;
            long told = now;
            long saved = now;
            long steps = before.steps();
            long stepsThen = steps;
            int leftOut = 0;
            Map<String, Double> sums = new LinkedHashMap<>();
            while (true) {
                now = System.nanoTime();
                double done = Math.min(1, (now - start) / (double) time.toNanos());
                if (done >= 1 || progress.cancelled()) {
                    break;
                }
                Map<String, Double> metrics = new LinkedHashMap<>();
                Learner.Moment moment = new Learner.Moment(steps, steps - before.steps(), done);
                double lossNow = learner.step(moment, metrics);
                steps++;
                if (!Double.isFinite(lossNow)) {
                    // One batch of ill-conditioned numbers must not end hours of training.
                    LOGGER.warn(
                            "{}: step {} is not finite and is left out: {}", name, steps, metrics);
                    if (++leftOut > MOST_LEFT_OUT) {
                        throw new IllegalStateException(
                                name + ": the loss is " + lossNow + " at step " + steps);
                    }
                    continue;
                }
                leftOut = 0;
                metrics.put("loss", lossNow);
                metrics.forEach((key, value) -> sums.merge(key, value, Double::sum));
                if (now - reported > BETWEEN_METRICS.toNanos()) {
                    report(steps, steps - stepsThen, sums, start);
                    sums.clear();
                    stepsThen = steps;
                    reported = now;
                }
                if (now - told > BETWEEN_WORDS.toNanos()) {
                    tell(done, steps, lossNow, progress);
                    told = now;
                }
                if (now - saved > BETWEEN_CHECKPOINTS.toNanos()) {
                    save(learner);
                    saveState(steps, now - start);
                    saved = now;
                }
            }
            if (steps > stepsThen) {
                report(steps, steps - stepsThen, sums, start);
            }
            byte[] result = save(learner);
            if (progress.cancelled()) {
                saveState(steps, System.nanoTime() - start);
            } else {
                Files.deleteIfExists(state());
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write into " + folder + ": " + e.getMessage(), e);
        }
    }

    private byte[] save(Learner learner) throws IOException {
        save(name + ".checkpoint.safetensors", learner.checkpoint());
        byte[] weights = learner.weights();
        save(name + ".safetensors", weights);
        learner.saved(folder);
        return weights;
    }

    private Path state() {
        return folder.resolve(name + ".state.json");
    }

    private Done before() throws IOException {
        return Files.exists(state())
                ? json.readValue(state().toFile(), Done.class)
                : new Done(0, 0);
    }

    private void saveState(long steps, long nanos) throws IOException {
        Done done = new Done(steps, Duration.ofNanos(nanos).toMillis());
        save(state().getFileName().toString(), json.writeValueAsBytes(done));
    }

    private void tell(double done, long steps, double loss, Progress progress) {
        long left = Math.round((1 - done) * time.toSeconds());
        progress.report(
                done,
                String.format(
                        Locale.ROOT,
                        "%s, step %d, loss %.3f, %d:%02d left",
                        name,
                        steps,
                        loss,
                        left / 60,
                        left % 60));
    }

    private void report(long steps, long counted, Map<String, Double> sums, long start)
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
