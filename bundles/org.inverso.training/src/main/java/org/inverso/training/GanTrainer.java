/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.PublicLayout;
import org.inverso.network.Parameters;
import org.inverso.training.gan.TrainingPictures;

/** Trains a category's generator of pictures. */
public final class GanTrainer {

    /** Name of the weights in the category. */
    static final String WEIGHTS = "generator";

    private final GeneratorShape shape;
    private final TrainingPictures pictures;
    private final Optional<byte[]> initial;
    private final long seed;

    /**
     * @param initial weights of another generator, ours or in one of the public layouts, to begin
     *     with; they tell the sizes
     */
    public GanTrainer(
            GeneratorShape shape, TrainingPictures pictures, Optional<byte[]> initial, long seed) {
        this.shape = shape;
        this.pictures = pictures;
        this.initial = initial;
        this.seed = seed;
    }

    /** Trains and writes {@code generator.safetensors} and sheets of samples. */
    public void train(NDManager manager, Path folder, Duration time, Progress progress) {
        JniUtils.setGradMode(true);
        try (NDManager own = manager.newSubManager()) {
            GanLearner learner = learner(own);
            TrainingRun.checkpoint(folder, WEIGHTS).ifPresent(bytes -> resume(learner, bytes));
            long first = learner.steps();
            try (Prefetch<float[]> batches = new Prefetch<>(n -> learner.batch(first + n))) {
                new TrainingRun(WEIGHTS, folder, time, GanSettings.DEFAULT.learningRate())
                        .train(new Prefetched(learner, batches), progress);
            }
        }
    }

    private GanLearner learner(NDManager own) {
        if (initial.isEmpty()) {
            Parameters fresh = Parameters.random(own, seed);
            return new GanLearner(own, fresh, shape, pictures, GanSettings.DEFAULT, seed);
        }
        try {
            Parameters weights = Parameters.read(own, initial.get());
            if (PublicLayout.isForeign(weights.arrays().keySet())) {
                weights = Parameters.read(own, PublicLayout.convert(own, initial.get()));
            }
            GeneratorShape read = GeneratorShape.of(weights);
            if (read.resolution() != shape.resolution()) {
                throw new InversoException(
                        "the generator to begin with makes pictures of "
                                + read.resolution()
                                + " pixels instead of "
                                + shape.resolution());
            }
            return new GanLearner(own, weights, read, pictures, GanSettings.DEFAULT, seed);
        } catch (IllegalArgumentException e) {
            throw new InversoException("the training cannot begin with this: " + e.getMessage(), e);
        }
    }

    private static void resume(GanLearner learner, byte[] checkpoint) {
        try {
            learner.resume(checkpoint);
        } catch (IllegalArgumentException e) {
            throw new InversoException(
                    "the training cannot go on: " + e.getMessage() + "; name another --out", e);
        }
    }

    /** Gets its pictures from another thread. */
    private record Prefetched(GanLearner learner, Prefetch<float[]> batches) implements Learner {

        @Override
        public double step(Moment moment, Map<String, Double> metrics) {
            return learner.step(batches.next(), metrics);
        }

        @Override
        public byte[] checkpoint() {
            return learner.checkpoint();
        }

        @Override
        public byte[] weights() {
            return learner.weights();
        }

        @Override
        public void saved(Path folder) throws IOException {
            learner.saved(folder);
        }
    }
}
