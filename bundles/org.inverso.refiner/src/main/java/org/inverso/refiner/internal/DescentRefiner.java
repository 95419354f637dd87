/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.inverso.api.CategoryException;
import org.inverso.api.Progress;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Refiner;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Crop;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.geometry.PictureFit;
import org.inverso.geometry.ShapeModel;
import org.inverso.refiner.TargetMask;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Adam through the rasterizer, from coarse to fine: every hypothesis gets a short descent at half
 * size, the best of them a longer one at full size, and at last the surface itself may bend.
 */
@Component(service = Refiner.class, property = Stage.ID_PROPERTY + "=" + DescentRefiner.ID)
public final class DescentRefiner implements Refiner {

    static final String ID = "descent";

    /**
     * Steps within {@link ReconstructionRequest#DEFAULT_REFINE_MILLIS}; other time boxes get their
     * share.
     */
    private static final int COARSE_STEPS = 16;

    private static final int FINE_STEPS = 16;
    private static final int BENDING_STEPS = 36;

    /** A machine this much slower than the one that the steps were counted on stops early. */
    private static final int PATIENCE = 5;

    private static final float COARSE_SIGMA_INV = 400;
    private static final float FINE_SIGMA_INV = 6000;
    private static final float BENDING_RATE = 0.012f;

    /** Weight of what speaks for a hypothesis, in nats, against its IoU. */
    private static final double EVIDENCE = 0.02;

    /** IoU by which a hypothesis may be behind and still be tried at full size. */
    private static final double CLOSE = 0.015;

    /** Pixels whose colours differ from the expected ones independently of each other. */
    private static final double INDEPENDENT_PIXELS = 40;

    /** Less could be chance. */
    private static final double LEAST_DIFFERENCE = 0.02;

    private final int patience;

    /** Until the category goes. */
    private final Map<TemplateMesh, SmoothOffsets.Surface> surfaces =
            Collections.synchronizedMap(new WeakHashMap<>());

    @Activate
    public DescentRefiner() {
        this(PATIENCE);
    }

    /**
     * @param patience how many times the time box may be spent before the descent stops early
     */
    DescentRefiner(int patience) {
        this.patience = patience;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public SceneEstimate refine(
            Crop crop,
            List<SceneEstimate> hypotheses,
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            long millis,
            Progress progress) {
        if (hypotheses.isEmpty()) {
            throw new IllegalArgumentException("there is no hypothesis to refine");
        }
        // Steps, not time, end the descent, so that every run gives the same bytes.
        long end = System.nanoTime() + patience * millis * 1_000_000;
        double share = millis / (double) ReconstructionRequest.DEFAULT_REFINE_MILLIS;
        ShapeModel model = new ShapeModel(category);
        TargetMask target = TargetMask.of(crop.pixels());
        if (millis == 0) {
            return framed(hypotheses.get(0), model, target);
        }
        List<Hypothesis> framed =
                Hypothesis.of(hypotheses, category).stream()
                        .map(h -> h.from(framed(h.estimate(), model, target)))
                        .toList();
        TemplateMesh template = category.template();
        SmoothOffsets offsets =
                new SmoothOffsets(
                        template,
                        surfaces.computeIfAbsent(template, SmoothOffsets.Surface::of),
                        BENDING_RATE);
        List<Contender> contenders =
                contenders(
                        crop,
                        framed,
                        model,
                        category,
                        rasterizer,
                        target,
                        offsets,
                        steps(COARSE_STEPS, Math.min(1.5, share)),
                        end,
                        progress);
        TargetMask fine = target.softened(FINE_SIGMA_INV);
        int rigid = steps(FINE_STEPS, share);
        int steps = rigid + steps(BENDING_STEPS, share);
        if (contenders.size() > 1) {
            // As stiff as before: whichever gives way would fit in the end.
            contenders.parallelStream()
                    .map(Contender::fit)
                    .forEach(
                            fit -> {
                                fit.restoreBest();
                                fit.forgetBest();
                                descendFully(
                                        fit,
                                        fine,
                                        rigid,
                                        steps,
                                        rigid,
                                        rasterizer,
                                        end,
                                        new Unreported(progress));
                            });
        }
        SilhouetteFit fit = Collections.max(contenders, Contender.BY_JUDGEMENT).fit();
        fit.restoreBest();
        fit.giveWay();
        descendFully(fit, fine, rigid, steps, steps, rasterizer, end, progress);
        return fit.best();
    }

    /** Can be cancelled, but does not count as progress. */
    private record Unreported(Progress whole) implements Progress {

        @Override
        public void report(double fraction, String what) {}

        @Override
        public boolean cancelled() {
            return whole.cancelled();
        }
    }

    /**
     * At full size.
     *
     * @param rigid steps before surfaces bend
     * @param steps of the whole descent, over which the rate falls
     * @param taken of them
     */
    private static void descendFully(
            SilhouetteFit fit,
            TargetMask target,
            int rigid,
            int steps,
            int taken,
            DifferentiableRasterizer rasterizer,
            long end,
            Progress progress) {
        try (RasterSession session = fit.open(rasterizer, target.size(), FINE_SIGMA_INV)) {
            for (int s = 0; s < taken && System.nanoTime() < end; s++) {
                progress.checkCancelled();
                float left = 1 - s / (float) steps;
                fit.step(session, target, 0.05f + 0.2f * left, s >= rigid);
                progress.report(0.3 + 0.7 * s / steps, "fitting");
            }
        }
    }

    private static int steps(int usual, double share) {
        return Math.max(1, (int) Math.round(usual * share));
    }

    private static SceneEstimate framed(
            SceneEstimate estimate, ShapeModel model, TargetMask target) {
        float[] vertices =
                model.vertices(
                        estimate.shape(),
                        estimate.pose(),
                        null,
                        new float[3 * model.vertexCount()]);
        float[] box = target.box();
        OrbitCamera camera;
        try {
            camera = PictureFit.fit(estimate.camera(), vertices, box[0], box[1], box[2], box[3]);
        } catch (IllegalArgumentException e) {
            throw new CategoryException(
                    "The disentangler put the camera inside the object; its weights do not fit.",
                    e);
        }
        return new SceneEstimate(
                camera,
                estimate.shape(),
                estimate.pose(),
                estimate.vertexOffsets(),
                estimate.texture(),
                estimate.lighting(),
                estimate.background(),
                estimate.score());
    }

    /**
     * A hypothesis on its way.
     *
     * @param evidence what speaks for it beside its outline, on the scale of the IoU
     */
    private record Contender(SilhouetteFit fit, double evidence) {

        static final Comparator<Contender> BY_JUDGEMENT =
                Comparator.comparingDouble(Contender::judgement);

        double judgement() {
            return evidence - fit.bestValue();
        }
    }

    /** The best hypothesis, and the next one where that is a close call. */
    private static List<Contender> contenders(
            Crop crop,
            List<Hypothesis> framed,
            ShapeModel model,
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            TargetMask target,
            SmoothOffsets offsets,
            int steps,
            long end,
            Progress progress) {
        TargetMask half = target.halved().softened(COARSE_SIGMA_INV);
        AtomicInteger done = new AtomicInteger();
        // Each alone, so that it does not matter which is done first.
        List<SilhouetteFit> fits =
                framed.parallelStream()
                        .map(
                                hypothesis -> {
                                    SilhouetteFit fit =
                                            new SilhouetteFit(
                                                    hypothesis.estimate(),
                                                    model,
                                                    category,
                                                    offsets);
                                    descend(fit, half, rasterizer, steps, end, progress);
                                    progress.report(
                                            0.3 * done.incrementAndGet() / framed.size(),
                                            "choosing a view");
                                    return fit;
                                })
                        .toList();
        ColourComparison colours = new ColourComparison(crop.pixels(), model, category.template());
        Map<Integer, Double> likelihoods =
                framed.stream()
                        .map(Hypothesis::colours)
                        .distinct()
                        .parallel()
                        .collect(
                                Collectors.toConcurrentMap(
                                        i -> i,
                                        i ->
                                                likelihood(
                                                        colours.difference(
                                                                fits.get(i).best(), rasterizer))));
        List<Contender> bestFirst =
                IntStream.range(0, fits.size())
                        .mapToObj(
                                i ->
                                        new Contender(
                                                fits.get(i),
                                                EVIDENCE
                                                        * (framed.get(i).evidence()
                                                                + likelihoods.get(
                                                                        framed.get(i).colours()))))
                        .sorted(Contender.BY_JUDGEMENT.reversed())
                        .toList();
        double enough = bestFirst.get(0).judgement() - CLOSE;
        return bestFirst.stream()
                .limit(2)
                .filter(contender -> contender.judgement() >= enough)
                .toList();
    }

    private static void descend(
            SilhouetteFit fit,
            TargetMask target,
            DifferentiableRasterizer rasterizer,
            int steps,
            long end,
            Progress progress) {
        try (RasterSession session = fit.open(rasterizer, target.size(), COARSE_SIGMA_INV)) {
            for (int s = 0; s < steps && (s == 0 || System.nanoTime() < end); s++) {
                progress.checkCancelled();
                fit.step(session, target, 0.3f, false);
            }
        }
    }

    /** Of the photo's colours that differ so much from the expected ones, in nats. */
    private static double likelihood(double difference) {
        return -INDEPENDENT_PIXELS * Math.log(Math.max(LEAST_DIFFERENCE, difference));
    }
}
