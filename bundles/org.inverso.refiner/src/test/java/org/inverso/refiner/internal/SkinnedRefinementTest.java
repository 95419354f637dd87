/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.category.CategoryLoader;
import org.inverso.geometry.PictureFit;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.SkinnedArm;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.refiner.TargetMask;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An arm that leans is rendered; the refiner starts from one that does not. */
class SkinnedRefinementTest {

    private static final int SIZE = 128;
    private static final int BEND = 1;
    private static final int LEAN = 2;

    /** So near to both named poses that neither is tried beside it. */
    private static final float[] BETWEEN = {0, 0.45f, 0, 0};

    private final CategoryModel arm = arm();
    private final ShapeModel model = new ShapeModel(arm);
    private final JvmRasterizer rasterizer = new JvmRasterizer(1);

    private static CategoryModel arm() {
        Map<String, byte[]> files = SkinnedArm.create().files();
        return new CategoryLoader().load(path -> new ByteArrayInputStream(files.get(path)));
    }

    @AfterEach
    void close() {
        rasterizer.close();
    }

    @Test
    void bendsJointsToTheOutline() {
        float[] truth = {0, 0.9f, 0.6f, 0};
        SceneEstimate found = refine(crop(truth), new float[] {0, 0.9f, 0, 0});

        assertThat(found.pose()[LEAN]).isBetween(0.4f, 0.8f);
        assertThat(iou(crop(truth), found)).isGreaterThan(0.93);
    }

    @Test
    void findsACommonPoseThatIsFarFromTheGuess() {
        float[] truth = {0, 0.9f, 0, 0};
        SceneEstimate found = refine(crop(truth), new float[] {0, -0.6f, 0, 0});

        assertThat(found.pose()[BEND]).isBetween(0.5f, 1.2f);
        assertThat(iou(crop(truth), found)).isGreaterThan(0.93);
    }

    @Test
    void holdsJointsWithinTheirLimits() {
        SceneEstimate found = refine(crop(new float[] {0, 0, 1.2f, 0}), new float[] {0, 0, 1, 0});

        for (int p = 0; p < 4; p++) {
            assertThat(Math.abs(found.pose()[p])).isLessThanOrEqualTo(1.2f + 1e-6f);
        }
        assertThat(found.pose()[LEAN]).isGreaterThan(0.9f);
    }

    @Test
    void lookingTwiceIsForHypothesesThatAreClose() {
        Crop crop = crop(BETWEEN);

        assertThat(fullSizeDescents(crop, 0.5, 0.5)).isEqualTo(3);
        assertThat(fullSizeDescents(crop, 0.99, 0.01)).isEqualTo(1);
    }

    /** Sessions at full size, one a descent. */
    private int fullSizeDescents(Crop crop, double score, double otherScore) {
        AtomicInteger opened = new AtomicInteger();
        new DescentRefiner(1000)
                .refine(
                        crop,
                        List.of(estimate(BETWEEN, score), estimate(BETWEEN, otherScore)),
                        arm,
                        new Counting(rasterizer, opened),
                        600,
                        Progress.NONE);
        return opened.get();
    }

    /** Counts sessions with a sharp mask. */
    private record Counting(DifferentiableRasterizer real, AtomicInteger opened)
            implements DifferentiableRasterizer {

        @Override
        public RasterSession open(int[] faces, int vertexCount, RasterSettings settings) {
            if (settings.sigmaInv() > 1000) {
                opened.incrementAndGet();
            }
            return real.open(faces, vertexCount, settings);
        }

        @Override
        public String id() {
            return real.id();
        }
    }

    @Test
    void jointsAndShapeGiveWayOnceTheHypothesisIsChosen() {
        float[] truth = {0, 0.9f, 1.1f, 0};
        TargetMask target = TargetMask.of(crop(truth).pixels()).softened(6000);

        SilhouetteFit competing = fit(target, false);
        SilhouetteFit chosen = fit(target, true);

        assertThat(chosen.bestIou()).isGreaterThan(competing.bestIou());
    }

    private SilhouetteFit fit(TargetMask target, boolean chosen) {
        float[] guess = {0, 0.9f, 0, 0};
        float[] vertices =
                model.vertices(new float[2], guess, null, new float[3 * model.vertexCount()]);
        OrbitCamera camera =
                PictureFit.fit(estimate(guess).camera(), vertices, -0.35f, 0.35f, -0.8f, 0.8f);
        SilhouetteFit fit =
                new SilhouetteFit(
                        estimate(camera, guess, 1),
                        model,
                        arm,
                        new SmoothOffsets(
                                arm.template(), SmoothOffsets.Surface.of(arm.template()), 0.012f));
        if (chosen) {
            fit.giveWay();
        }
        try (RasterSession session = fit.open(rasterizer, SIZE, 6000)) {
            for (int i = 0; i < 80; i++) {
                fit.step(session, target, 0.1f, false);
            }
        }
        return fit;
    }

    private SceneEstimate refine(Crop crop, float[] guess) {
        // More time than a loaded machine needs; steps end the descent.
        return new DescentRefiner(1000)
                .refine(crop, List.of(estimate(guess)), arm, rasterizer, 600, Progress.NONE);
    }

    private static SceneEstimate estimate(float[] pose) {
        return estimate(pose, 1);
    }

    private static SceneEstimate estimate(float[] pose, double score) {
        return estimate(
                new OrbitCamera(0, 5, 0, 6, 2, 0, 0, new Vector3f(0, 1.2f, 0)), pose, score);
    }

    private static SceneEstimate estimate(OrbitCamera camera, float[] pose, double score) {
        return new SceneEstimate(
                camera,
                new float[2],
                pose,
                new float[0],
                Optional.empty(),
                ShLighting.uniform(),
                Optional.empty(),
                score);
    }

    private Crop crop(float[] pose) {
        float[] vertices =
                model.vertices(new float[2], pose, null, new float[3 * model.vertexCount()]);
        OrbitCamera camera =
                PictureFit.fit(estimate(pose).camera(), vertices, -0.35f, 0.35f, -0.8f, 0.8f);
        int[] faces = render(vertices, camera);
        byte[] rgba = new byte[4 * SIZE * SIZE];
        for (int i = 0; i < faces.length; i++) {
            rgba[4 * i + 3] = (byte) (faces[i] >= 0 ? 255 : 0);
        }
        return new Crop(new CropRegion(0, 0, SIZE), new Image(SIZE, SIZE, rgba));
    }

    private int[] render(float[] vertices, OrbitCamera camera) {
        RasterScene scene = new RasterScene();
        scene.positions = vertices;
        scene.view = camera.view(new Matrix4f()).get(new float[16]);
        scene.projection = camera.projection(new Matrix4f()).get(new float[16]);
        try (RasterSession session =
                rasterizer.open(
                        arm.template().faces(),
                        model.vertexCount(),
                        RasterSettings.of(SIZE).withSoftMask(0, 0, 1))) {
            return session.forward(scene).faceIndex.clone();
        }
    }

    private double iou(Crop crop, SceneEstimate estimate) {
        float[] vertices =
                model.vertices(
                        estimate.shape(),
                        estimate.pose(),
                        estimate.vertexOffsets(),
                        new float[3 * model.vertexCount()]);
        int[] faces = render(vertices, estimate.camera());
        float[] mask = new float[faces.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = faces[i] >= 0 ? 1 : 0;
        }
        return TargetMask.of(crop.pixels()).iou(mask);
    }
}
