/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.training.MaskAgreement.Agreement;
import org.inverso.training.inverse.FreeSurfaceCost;
import org.inverso.training.inverse.GanViewStore;
import org.inverso.training.inverse.InverseLoss;
import org.inverso.training.inverse.JointCameras;
import org.inverso.training.inverse.PairBatch;
import org.inverso.training.inverse.SphereCategory;
import org.inverso.training.inverse.SurfaceCost;

/**
 * Trains the encoder and the disentangler of a category on its generator's views, without labels:
 * from random weights and the template, through the rasterizer.
 */
final class InverseTrainer {

    /** Of the run from the category's template. */
    static final String RUN = "inverse";

    /** Of the run from a sphere. */
    static final String SPHERE = "sphere";

    /** Names of the weights of {@link #RUN}. */
    static final List<String> NETWORKS = List.of("inverse-encoder", "inverse-disentangler");

    private static final int PAIRS = 8;

    /** Views whose texture is learned in a step, half of them of the same object each. */
    private static final int TEXTURED = 4;

    /** In one step of so many, views are rendered with the shape seen in the other view. */
    private static final int CROSSED_EVERY = 3;

    /** One content of so many is held out. */
    private static final int HELD_OUT = 10;

    private static final int LOOK_EVERY = 200;
    private static final int LOOKED_AT = 48;
    private static final double RATE = 1e-3;

    private final String run;
    private final CategoryModel category;
    private final SurfaceCost surface;
    private final DifferentiableRasterizer rasterizer;
    private final GanViewStore store;
    private final double[] azimuthsDeg;
    private final long seed;
    private final List<Integer> learned = new ArrayList<>();
    private final List<Image> heldOut = new ArrayList<>();

    private InverseTrainer(
            String run,
            CategoryModel category,
            SurfaceCost surface,
            DifferentiableRasterizer rasterizer,
            GanViewStore store,
            double[] azimuthsDeg,
            long seed) {
        this.run = run;
        this.category = category;
        this.surface = surface;
        this.rasterizer = rasterizer;
        this.store = store;
        this.azimuthsDeg = azimuthsDeg;
        this.seed = seed;
        for (int content : store.contents()) {
            if (content % HELD_OUT == 0) {
                for (int i = 0; i < store.viewCount(content); i++) {
                    heldOut.add(store.get(content, i).crop());
                }
            } else if (store.viewCount(content) > 1) {
                learned.add(content);
            }
        }
        if (learned.isEmpty() || heldOut.isEmpty()) {
            throw new InversoException("there are too few views; give a larger --count");
        }
    }

    /**
     * From the category's template.
     *
     * @param azimuthsDeg of the view codes
     */
    static InverseTrainer fromTemplate(
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            GanViewStore store,
            double[] azimuthsDeg,
            long seed) {
        return new InverseTrainer(
                RUN, category, SurfaceCost.NONE, rasterizer, store, azimuthsDeg, seed);
    }

    /** From a sphere; parameters as in {@link #fromTemplate}. */
    static InverseTrainer fromSphere(
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            GanViewStore store,
            double[] azimuthsDeg,
            long seed) {
        SphereCategory sphere = new SphereCategory(category);
        return new InverseTrainer(
                SPHERE,
                sphere,
                new FreeSurfaceCost(sphere.template(), sphere.radius()),
                rasterizer,
                store,
                azimuthsDeg,
                seed);
    }

    /**
     * Trains and writes {@code RUN-encoder.safetensors}, {@code RUN-disentangler.safetensors} and
     * {@code RUN.heldout.png}.
     *
     * @return how well the masks of held-out objects are met
     */
    List<Agreement> train(NDManager manager, Path folder, Duration time, Progress progress) {
        Parameters parameters =
                TrainingRun.checkpoint(folder, run)
                        .map(bytes -> Parameters.read(manager, bytes))
                        .orElseGet(() -> Parameters.random(manager, seed));
        EncoderNetwork encoder = new EncoderNetwork(parameters);
        SceneNetwork scene = scene(parameters);
        JointCameras joint = new JointCameras(parameters, azimuthsDeg);
        boolean mirrors = category.template().mirrorVertex().length > 0;
        try (InverseLoss loss = new InverseLoss(manager, category, rasterizer, joint, surface);
                MaskAgreement agreement = new MaskAgreement(category, rasterizer);
                Prefetch<PairBatch> batches = new Prefetch<>(n -> batch(n, mirrors))) {
            Learning learning = new Learning(encoder, scene, loss, agreement, batches);
            byte[] weights =
                    new TrainingRun(run, folder, time, RATE)
                            .train(manager, parameters, learning, progress);
            SceneTrainer.split(manager, folder, run + "-", weights);
            return heldOut(manager, agreement, weights, folder);
        }
    }

    private PairBatch batch(long number, boolean mirrors) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        return PairBatch.draw(store, learned, PAIRS, mirrors, random);
    }

    private SceneNetwork scene(Parameters parameters) {
        return new SceneNetwork(
                parameters,
                EncoderNetwork.LATENT,
                category.template().shapeCount(),
                category.poseParameters().size());
    }

    /** Steps, and now and then a look at held-out views. */
    private final class Learning implements TrainingRun.Step {

        private final EncoderNetwork encoder;
        private final SceneNetwork scene;
        private final InverseLoss loss;
        private final MaskAgreement agreement;
        private final Prefetch<PairBatch> batches;
        private long steps;
        private double heldOutIou;

        Learning(
                EncoderNetwork encoder,
                SceneNetwork scene,
                InverseLoss loss,
                MaskAgreement agreement,
                Prefetch<PairBatch> batches) {
            this.encoder = encoder;
            this.scene = scene;
            this.loss = loss;
            this.agreement = agreement;
            this.batches = batches;
        }

        @Override
        public NDArray loss(NDManager scratch, double done, Map<String, Double> metrics) {
            if (steps % LOOK_EVERY == 0) {
                int stride = Math.max(1, heldOut.size() / LOOKED_AT);
                List<Image> some = new ArrayList<>();
                for (int i = 0; i < heldOut.size(); i += stride) {
                    some.add(heldOut.get(i));
                }
                heldOutIou = MaskAgreement.mean(agreement.of(scratch, encoder, scene, some));
            }
            metrics.put("heldOutIou", heldOutIou);
            PairBatch batch = batches.next();
            int picture = 4 * EncoderNetwork.SIZE * EncoderNetwork.SIZE;
            float[] pixels = new float[batch.size() * picture];
            for (int i = 0; i < batch.size(); i++) {
                EncoderNetwork.fill(batch.views().get(i).crop(), pixels, i * picture);
            }
            NDArray crops =
                    scratch.create(
                            pixels,
                            new Shape(batch.size(), 4, EncoderNetwork.SIZE, EncoderNetwork.SIZE));
            boolean crossed = steps++ % CROSSED_EVERY == CROSSED_EVERY - 1;
            return loss.of(
                    scene.forward(encoder.forward(crops), TEXTURED),
                    batch,
                    crossed,
                    done,
                    scratch,
                    metrics);
        }
    }

    private List<Agreement> heldOut(
            NDManager manager, MaskAgreement agreement, byte[] weights, Path folder) {
        try (NDManager own = manager.newSubManager()) {
            Parameters averaged = Parameters.read(own, weights);
            List<Agreement> agreements =
                    agreement.of(own, new EncoderNetwork(averaged), scene(averaged), heldOut);
            MaskSheet.write(folder.resolve(run + ".heldout.png"), heldOut, agreements);
            return agreements;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        }
    }
}
