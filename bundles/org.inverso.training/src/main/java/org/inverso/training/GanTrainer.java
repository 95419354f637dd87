/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.PublicLayout;
import org.inverso.network.Parameters;
import org.inverso.training.gan.ShrunkPictures;
import org.inverso.training.gan.TrainingPictures;

/** Trains a category's generator of pictures. */
public final class GanTrainer {

    /** Name of the weights in the category. */
    static final String WEIGHTS = "generator";

    /** Resolution below which pictures show nothing. */
    private static final int SMALLEST = 32;

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
        Optional<byte[]> checkpoint = TrainingRun.checkpoint(folder, WEIGHTS);
        try (GrowingLearner learner = begin(manager)) {
            checkpoint.ifPresent(bytes -> resume(learner, bytes));
            new TrainingRun(WEIGHTS, folder, time, GanSettings.DEFAULT.learningRate())
                    .train(learner, progress);
        }
    }

    private GrowingLearner begin(NDManager manager) {
        if (initial.isEmpty()) {
            int first = Math.max(SMALLEST, shape.resolution() / 2);
            return new GrowingLearner(manager, shape, first, this::fresh);
        }
        GeneratorShape sizes = initialShape(manager);
        return new GrowingLearner(manager, sizes, sizes.resolution(), this::fromInitial);
    }

    private GanLearner fresh(NDManager own, GeneratorShape sizes) {
        int factor = shape.resolution() / sizes.resolution();
        TrainingPictures shown =
                factor == 1 ? pictures : new ShrunkPictures(pictures, shape.resolution(), factor);
        return new GanLearner(
                own, Parameters.random(own, seed), sizes, shown, GanSettings.DEFAULT, seed);
    }

    private GanLearner fromInitial(NDManager own, GeneratorShape sizes) {
        return new GanLearner(own, initialWeights(own), sizes, pictures, GanSettings.DEFAULT, seed);
    }

    private GeneratorShape initialShape(NDManager manager) {
        try (NDManager scratch = manager.newSubManager()) {
            GeneratorShape sizes = GeneratorShape.of(initialWeights(scratch));
            if (sizes.resolution() != shape.resolution()) {
                throw new InversoException(
                        "the generator to begin with makes pictures of "
                                + sizes.resolution()
                                + " pixels instead of "
                                + shape.resolution());
            }
            return sizes;
        } catch (IllegalArgumentException e) {
            throw new InversoException("the training cannot begin with this: " + e.getMessage(), e);
        }
    }

    private Parameters initialWeights(NDManager own) {
        Parameters weights = Parameters.read(own, initial.orElseThrow());
        return PublicLayout.isForeign(weights.arrays().keySet())
                ? Parameters.read(own, PublicLayout.convert(own, initial.get()))
                : weights;
    }

    private static void resume(GrowingLearner learner, byte[] checkpoint) {
        try {
            learner.resume(checkpoint);
        } catch (IllegalArgumentException e) {
            throw new InversoException(
                    "the training cannot go on: " + e.getMessage() + "; name another --out", e);
        }
    }
}
