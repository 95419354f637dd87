/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.CategoryException;
import org.inverso.api.Progress;
import org.inverso.api.authoring.GeneratorEvaluation;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.generator.stylegan.ViewCodes;
import org.inverso.network.Parameters;
import org.inverso.rasterizer.JvmRasterizer;
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

    /** Objects that masks are compared on. */
    private static final int HELD_OUT = 16;

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
                float[][][] codes = GeneratorFile.viewCodes(weights);
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
                    neural(manager, category, generator, seed, new Portion(progress, 0.4, 0.5)),
                    distribution(manager, weights, studio, seed, new Portion(progress, 0.5, 0.9)),
                    views.isPresent()
                            ? inverse(manager, category, seed, new Portion(progress, 0.9, 1))
                            : Optional.empty());
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

    private static Optional<InverseGraphics> inverse(
            NDManager manager, CategoryModel category, long seed, Progress progress) {
        if (!category.weightNames().containsAll(InverseTrainer.NETWORKS)) {
            return Optional.empty();
        }
        try (GanViewFactory factory = new GanViewFactory(manager, category, seed);
                JvmRasterizer rasterizer = new JvmRasterizer(1);
                MaskAgreement agreement = new MaskAgreement(category, rasterizer)) {
            List<Image> crops = new ArrayList<>();
            for (int i = 0; i < HELD_OUT; i++) {
                progress.checkCancelled();
                progress.report(i / (double) HELD_OUT, "comparing masks");
                factory.draw(GanViewFactory.HELD_OUT + i).forEach(view -> crops.add(view.crop()));
            }
            return Optional.of(
                    new InverseGraphics(
                            crops.size(),
                            agreement.mean(manager, InverseTrainer.NETWORKS, crops),
                            agreement.mean(manager, List.of("encoder", "disentangler"), crops)));
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
