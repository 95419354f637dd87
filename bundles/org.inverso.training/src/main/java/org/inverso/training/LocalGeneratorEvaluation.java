/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.CategoryException;
import org.inverso.api.Progress;
import org.inverso.api.authoring.GeneratorEvaluation;
import org.inverso.api.category.CategoryModel;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.generator.stylegan.ViewCodes;
import org.inverso.network.Parameters;
import org.inverso.renderer.stylegan.RendererNetwork;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.internal.FeatureCloud;
import org.inverso.training.internal.Portion;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Measures generators on this machine, with what the category carries. */
@Component(service = GeneratorEvaluation.class)
public final class LocalGeneratorEvaluation implements GeneratorEvaluation {

    /** Objects that the neural renderer draws. */
    private static final int CONTENTS = 48;

    private static final double PSI = 0.7;

    private final DjlRuntime runtime;

    @Activate
    public LocalGeneratorEvaluation(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Scores evaluate(CategoryModel category, long seed, Progress progress) {
        if (!category.weightNames().contains(GanTrainer.WEIGHTS)) {
            throw new CategoryException(
                    "Category "
                            + category.id()
                            + " "
                            + category.version()
                            + " has no weights \""
                            + GanTrainer.WEIGHTS
                            + "\", so there is nothing to measure; train them with ./inverso train "
                            + category.id()
                            + " --stage gan");
        }
        try (NDManager manager = runtime.newManager()) {
            Parameters weights = Parameters.read(manager, category.weights(GanTrainer.WEIGHTS));
            StyleGenerator generator = new StyleGenerator(weights);
            StyleStudio studio = new GeneratorStudio(manager, generator, seed);
            Optional<Views> views = Optional.empty();
            if (ViewCodes.of(weights, generator.shape()).isPresent()) {
                float[][][] codes = codes(weights);
                try (SupervisedProbe probe = new SupervisedProbe(manager, category)) {
                    ViewControl control =
                            ViewControl.of(
                                    studio, probe, codes, seed, new Portion(progress, 0, 0.4));
                    views =
                            Optional.of(
                                    new Views(
                                            codes.length,
                                            control.azimuthStdDeg(),
                                            control.binsCovered(),
                                            control.shapeVarianceRatio(),
                                            control.found()));
                }
            }
            return new Scores(
                    views,
                    neural(manager, category, generator, seed, new Portion(progress, 0.4, 0.6)),
                    distribution(manager, weights, studio, seed, new Portion(progress, 0.6, 1)));
        } catch (IllegalArgumentException e) {
            throw new CategoryException(
                    "Category "
                            + category.id()
                            + " "
                            + category.version()
                            + " has weights that cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Optional<Neural> neural(
            NDManager manager,
            CategoryModel category,
            StyleGenerator generator,
            long seed,
            Progress progress) {
        if (!category.weightNames().contains(RendererTrainer.WEIGHTS)) {
            return Optional.empty();
        }
        Parameters weights = Parameters.read(manager, category.weights(RendererTrainer.WEIGHTS));
        RendererStudio renderer =
                new RendererStudio(manager, new RendererNetwork(weights), generator);
        StyleStudio studio = new GeneratorStudio(manager, generator, seed);
        try (SupervisedProbe probe = new SupervisedProbe(manager, category)) {
            float[][] w = studio.draw(CONTENTS, PSI, new SplittableRandom(seed + 2));
            float[] pictures = studio.pictures(CONTENTS, (n, l) -> w[n]);
            NeuralControl control =
                    NeuralControl.of(
                            objects ->
                                    ExampleFactory.seen(
                                            probe,
                                            renderer.pictures(objects),
                                            renderer.resolution()),
                            ExampleFactory.seen(probe, pictures, studio.resolution()),
                            seed,
                            progress);
            return Optional.of(
                    new Neural(control.azimuthErrorDeg(), control.swapLeak(), control.found()));
        }
    }

    /** By view, then by layer. */
    private static float[][][] codes(Parameters weights) {
        int views = (int) weights.dimension(ViewCodes.STYLES, 0);
        int layers = (int) weights.dimension(ViewCodes.STYLES, 1);
        int width = (int) weights.dimension(ViewCodes.STYLES, 2);
        float[] all = weights.arrays().get(ViewCodes.STYLES).toFloatArray();
        float[][][] codes = new float[views][layers][width];
        for (int i = 0; i < views * layers; i++) {
            System.arraycopy(all, i * width, codes[i / layers][i % layers], 0, width);
        }
        return codes;
    }

    private static Optional<Distribution> distribution(
            NDManager manager,
            Parameters weights,
            StyleStudio studio,
            long seed,
            Progress progress) {
        try (PictureFeatures features = new PictureFeatures(manager)) {
            progress.report(0, "comparing with the training pictures");
            return GeneratorFile.reference(weights, features.fingerprint())
                    .map(
                            reference -> {
                                int half = reference.features().length / 2;
                                float[][] w = studio.draw(half, 1, new SplittableRandom(seed + 1));
                                FeatureCloud made =
                                        features.of(
                                                studio.pictures(half, (n, l) -> w[n]),
                                                studio.resolution());
                                progress.checkCancelled();
                                return compared(reference, made);
                            });
        }
    }

    /**
     * @param real twice as many as were made
     */
    private static Distribution compared(FeatureCloud real, FeatureCloud made) {
        int half = made.features().length;
        FeatureCloud first = real.part(0, half);
        double distance = made.frechetDistance(first);
        return new Distribution(
                half,
                distance,
                distance / first.frechetDistance(real.part(half, 2 * half)),
                first.covers(made),
                made.covers(first));
    }
}
