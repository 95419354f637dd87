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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.renderer.stylegan.RendererNetwork;
import org.inverso.renderer.stylegan.RendererShape;
import org.inverso.training.RendererBatch.Mixture;
import org.inverso.training.internal.Portion;

/**
 * Trains a category's neural renderer on pictures of its generator, which stays as it is: first to
 * find the styles of known pictures, then to draw what the supervised networks recognise.
 */
final class RendererTrainer {

    /** Name of the weights in the category. */
    static final String WEIGHTS = "renderer";

    private static final int COMPONENTS = 128;
    private static final String WARM_UP = "renderer.warmup";
    private static final double WARM_UP_RATE = 1e-3;
    private static final double CYCLE_RATE = 5e-4;

    /** Parts of the time. */
    private static final double MATTES = 0.08;

    private static final double WARMING_UP = 0.04;

    private static final int WARM_UP_BATCH = 48;
    private static final int CYCLE_BATCH = 16;

    /** Of the examples, the last ones are not learned from. */
    private static final double HELD_OUT = 0.05;

    private static final int SHOWN = 8;
    private static final double LEAST_SCALE = 0.05;

    private final CategoryModel category;
    private final byte[] generatorWeights;
    private final int count;
    private final long seed;

    /**
     * @param category with the supervised networks
     * @param generatorWeights with view codes, since these tell which layers carry the camera
     * @param count of examples
     */
    RendererTrainer(CategoryModel category, byte[] generatorWeights, int count, long seed) {
        this.category = category;
        this.generatorWeights = generatorWeights;
        this.count = count;
        this.seed = seed;
    }

    /** Trains and writes {@code renderer.safetensors} and sheets of samples. */
    void train(NDManager manager, Path data, Path folder, Duration time, Progress progress) {
        try (NDManager own = manager.newSubManager()) {
            Parameters weights = Parameters.read(own, generatorWeights);
            StyleGenerator generator = new StyleGenerator(weights);
            int layers = ExampleSource.cameraLayers(weights);
            RendererExamples examples =
                    new ExampleSource(category, generatorWeights, count, seed)
                            .examples(own, generator, layers, data, new Portion(progress, 0, 0.2));
            int learned = (int) Math.round((1 - HELD_OUT) * examples.size());
            MatteStudent matting =
                    new MatteStudent(
                            new MatteTrainer(examples, learned, seed)
                                    .train(
                                            own,
                                            folder,
                                            part(time, MATTES),
                                            new Portion(progress, 0.2, 0.25)));
            Parameters parameters = parameters(own, folder, generator, weights, layers);
            RendererNetwork renderer = new RendererNetwork(parameters);
            List<RendererExample> seen = ExampleSource.found(examples, 0, learned);
            RendererLoss loss =
                    new RendererLoss(
                            renderer,
                            generator,
                            new DifferentiableProbe(own, category, matting),
                            deviations(seen),
                            seed);
            RendererStudio studio = new RendererStudio(own, renderer, generator);
            List<RendererExample> shown = ExampleSource.found(examples, learned, examples.size());
            JniUtils.setGradMode(true);
            if (TrainingRun.checkpoint(folder, WEIGHTS).isEmpty()) {
                warmUp(own, parameters, loss, seen, folder, time, progress);
                progress.checkCancelled();
            }
            // An optimizer of its own: beside the warm-up's, the cycle's gradients are huge, and
            // what Adam remembers of those would make its first steps far too large.
            new TrainingRun(WEIGHTS, folder, part(time, 1 - MATTES - WARMING_UP), CYCLE_RATE)
                    .train(
                            new RendererLearner(
                                    own,
                                    parameters,
                                    cycle(loss, seen),
                                    CYCLE_RATE,
                                    studio,
                                    shown.subList(0, Math.min(SHOWN, shown.size()))),
                            new Portion(progress, 0.3, 1));
        }
    }

    private void warmUp(
            NDManager own,
            Parameters parameters,
            RendererLoss loss,
            List<RendererExample> seen,
            Path folder,
            Duration time,
            Progress progress) {
        try (NDManager ofOptimizer = own.newSubManager()) {
            AtomicLong number = new AtomicLong();
            TrainingRun.Step step =
                    (scratch, done, metrics) ->
                            loss.warmUp(scratch, whole(seen, random(number)), metrics);
            new TrainingRun(WARM_UP, folder, part(time, WARMING_UP), WARM_UP_RATE)
                    .train(
                            new NetworkLearner(
                                    ofOptimizer,
                                    parameters,
                                    RendererLearner.learned(parameters),
                                    step,
                                    WARM_UP_RATE),
                            new Portion(progress, 0.25, 0.3));
        }
    }

    private SplittableRandom random(AtomicLong number) {
        return new SplittableRandom(seed * 1_000_003 + number.getAndIncrement());
    }

    private static Duration part(Duration time, double part) {
        return Duration.ofMillis(Math.round(part * time.toMillis()));
    }

    private Parameters parameters(
            NDManager own, Path folder, StyleGenerator generator, Parameters weights, int layers) {
        Optional<byte[]> checkpoint =
                TrainingRun.checkpoint(folder, WEIGHTS)
                        .or(() -> TrainingRun.checkpoint(folder, WARM_UP));
        if (checkpoint.isPresent()) {
            return Parameters.read(own, checkpoint.get());
        }
        Parameters fresh = Parameters.random(own, seed);
        new RendererNetwork(
                fresh,
                new RendererShape(
                        generator.shape().styles(),
                        layers,
                        generator.shape().wSize(),
                        Math.min(COMPONENTS, generator.shape().wSize()),
                        category.template().shapeCount() + category.poseParameters().size()));
        StyleComponents.write(
                new GeneratorStudio(own, generator, seed),
                weights.arrays().get(StyleGenerator.W_MEAN).toFloatArray(),
                seed,
                fresh.arrays());
        return fresh;
    }

    private TrainingRun.Step cycle(RendererLoss loss, List<RendererExample> seen) {
        AtomicLong number = new AtomicLong();
        return (scratch, done, metrics) ->
                loss.cycle(scratch, mixed(seen, random(number)), metrics);
    }

    private static RendererBatch whole(List<RendererExample> seen, SplittableRandom random) {
        List<Mixture> objects = new ArrayList<>();
        for (int n = 0; n < WARM_UP_BATCH; n++) {
            objects.add(Mixture.of(any(seen, random)));
        }
        return new RendererBatch(objects);
    }

    /** A quarter of whole examples; of the others each factor is another example's. */
    private static RendererBatch mixed(List<RendererExample> seen, SplittableRandom random) {
        List<Mixture> objects = new ArrayList<>();
        for (int n = 0; n < CYCLE_BATCH; n++) {
            objects.add(
                    n % 4 == 0
                            ? Mixture.of(any(seen, random))
                            : new Mixture(
                                    random.nextDouble(360),
                                    any(seen, random),
                                    any(seen, random),
                                    any(seen, random),
                                    any(seen, random)));
        }
        return new RendererBatch(objects);
    }

    private static RendererExample any(List<RendererExample> seen, SplittableRandom random) {
        return seen.get(random.nextInt(seen.size()));
    }

    /** Of the shape targets, then of the pose parameters. */
    private static float[] deviations(List<RendererExample> seen) {
        int targets = seen.get(0).shape().length;
        float[] deviations = new float[targets + seen.get(0).pose().length];
        for (int i = 0; i < deviations.length; i++) {
            int at = i;
            double[] values =
                    seen.stream()
                            .mapToDouble(e -> at < targets ? e.shape()[at] : e.pose()[at - targets])
                            .toArray();
            double mean = 0;
            for (double value : values) {
                mean += value / values.length;
            }
            double variance = 0;
            for (double value : values) {
                variance += (value - mean) * (value - mean) / values.length;
            }
            deviations[i] = (float) Math.max(LEAST_SCALE, Math.sqrt(variance));
        }
        return deviations;
    }
}
