/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.inverso.api.Progress;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;

/** Trains a {@link MatteStudent} on the mattes of examples. */
final class MatteTrainer {

    private static final String RUN = "renderer.matte";
    private static final int BATCH = 24;

    private final RendererExamples examples;
    private final int count;
    private final long seed;

    /**
     * @param count of the examples to learn from, the first ones
     */
    MatteTrainer(RendererExamples examples, int count, long seed) {
        this.examples = examples;
        this.count = count;
        this.seed = seed;
    }

    /**
     * The student's parameters; it is not trained again when an earlier run has come to its end.
     */
    Parameters train(NDManager manager, Path folder, Duration time, Progress progress) {
        Path done = folder.resolve(RUN + ".safetensors");
        try {
            if (!Files.exists(done) || Files.exists(folder.resolve(RUN + ".state.json"))) {
                try (NDManager own = manager.newSubManager()) {
                    learn(own, folder, time, progress);
                }
            }
            progress.checkCancelled();
            return Parameters.read(manager, Files.readAllBytes(done));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + done + ": " + e.getMessage(), e);
        }
    }

    private void learn(NDManager own, Path folder, Duration time, Progress progress) {
        Parameters parameters =
                TrainingRun.checkpoint(folder, RUN)
                        .map(bytes -> Parameters.read(own, bytes))
                        .orElseGet(() -> Parameters.random(own, seed));
        MatteStudent student = new MatteStudent(parameters);
        AtomicLong number = new AtomicLong();
        new TrainingRun(RUN, folder, time, 2e-3)
                .train(
                        own,
                        parameters,
                        (scratch, moment, metrics) ->
                                loss(
                                        scratch,
                                        student,
                                        new SplittableRandom(
                                                seed * 1_000_003 + number.getAndIncrement())),
                        progress);
    }

    /** Cross entropy, from logits. */
    private NDArray loss(NDManager scratch, MatteStudent student, SplittableRandom random) {
        int pixels = examples.get(0).matte().length;
        int side = (int) Math.sqrt(pixels);
        float[] pictures = new float[BATCH * 3 * pixels];
        float[] mattes = new float[BATCH * pixels];
        for (int n = 0; n < BATCH; n++) {
            RendererExample example = examples.get(random.nextInt(count));
            System.arraycopy(example.picture(), 0, pictures, n * 3 * pixels, 3 * pixels);
            System.arraycopy(example.matte(), 0, mattes, n * pixels, pixels);
        }
        NDArray logits = student.forward(scratch.create(pictures, new Shape(BATCH, 3, side, side)));
        NDArray truth = scratch.create(mattes, new Shape(BATCH, 1, side, side));
        NDArray softplus =
                Activation.relu(logits).add(Scaled.by(logits.abs(), -1).exp().add(1).log());
        return softplus.sub(logits.mul(truth)).mean();
    }
}
