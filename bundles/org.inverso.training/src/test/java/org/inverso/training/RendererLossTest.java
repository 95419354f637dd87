/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.renderer.stylegan.BackgroundGrid;
import org.inverso.renderer.stylegan.RendererNetwork;
import org.inverso.renderer.stylegan.RendererShape;
import org.inverso.renderer.stylegan.StyleSpace;
import org.inverso.renderer.stylegan.TextureBands;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.RendererBatch.Mixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RendererLossTest {

    private static final Path CAR = Path.of("../org.inverso.category.car/src/main/resources");
    private static final int SIDE = 16;
    private static final int W = 8;

    private final NDManager manager =
            DjlRuntime.start(DjlRuntime.userCacheFolder(), 1).newManager();
    private final CategoryModel category = new CategoryLoader().load(CAR);
    private final int shapes = category.template().shapeCount();
    private final int poses = category.poseParameters().size();
    private final Parameters weights = Parameters.random(manager, 1);
    private final Parameters generatorWeights = Parameters.random(manager, 2);
    private RendererLoss loss;

    @BeforeEach
    void build() {
        JniUtils.setGradMode(true);
        GeneratorShape sizes = new GeneratorShape(6, W, 2, List.of(8, 6, 4));
        StyleGenerator generator = new StyleGenerator(generatorWeights, sizes);
        RendererNetwork renderer =
                new RendererNetwork(weights, new RendererShape(6, 2, W, W, shapes + poses));
        float[] basis = new float[W * W];
        for (int i = 0; i < W; i++) {
            basis[(W + 1) * i] = 1;
        }
        weights.arrays().get(StyleSpace.BASIS).set(basis);
        float[] scale = new float[shapes + poses];
        Arrays.fill(scale, 1);
        MatteStudent matting = new MatteStudent(Parameters.random(manager, 3));
        loss =
                new RendererLoss(
                        renderer,
                        generator,
                        new DifferentiableProbe(manager, category, matting),
                        scale,
                        1);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theCyclesGradientReachesTheRendererThroughTheGeneratorWhichStays() {
        weights.arrays()
                .forEach(
                        (name, array) ->
                                array.setRequiresGradient(!name.startsWith(StyleSpace.PREFIX)));
        Map<String, Double> metrics = new HashMap<>();
        try (NDManager scratch = manager.newSubManager()) {
            NDArray sum = loss.cycle(scratch, mixed(), metrics);
            assertThat(sum.getFloat()).isFinite().isPositive();
            JniUtils.backward(
                    (PtNDArray) sum, (PtNDArray) scratch.ones(sum.getShape()), false, false);
        }
        assertThat(metrics)
                .containsKeys(
                        "azimuth", "shape", "texture", "background", "entropy", "styles", "spread");
        for (String name :
                List.of(
                        "camera.0.weight",
                        "shape.0.weight",
                        "texture.0.weight",
                        "background.0.weight",
                        "selectors.camera",
                        "selectors.content")) {
            assertThat(weights.arrays().get(name).getGradient().abs().sum().getFloat())
                    .as(name)
                    .isFinite()
                    .isPositive();
        }
        assertThat(generatorWeights.arrays().values()).noneMatch(NDArray::hasGradient);
    }

    @Test
    void warmUpIsTheDistanceToTheStylesOfWholeExamples() {
        for (NDArray array : weights.arrays().values()) {
            if (!array.getName().startsWith(StyleSpace.PREFIX)) {
                array.set(new float[(int) array.size()]);
            }
        }
        Map<String, Double> metrics = new HashMap<>();
        RendererExample one = example(1, 0.5f, -1);
        try (NDManager scratch = manager.newSubManager()) {
            loss.warmUp(scratch, new RendererBatch(List.of(Mixture.of(one))), metrics);
        }
        // All coordinates are 0: two camera layers are 0.5 off, four content layers 1.
        assertThat(metrics.get("styles")).isCloseTo((2 * 0.25 + 4) / 6, within(1e-5));
        Mixture mixed = new Mixture(10, one, one, example(2, 3, 3), one);
        assertThat(mixed.isWhole()).isFalse();
        try (NDManager scratch = manager.newSubManager()) {
            loss.warmUp(scratch, new RendererBatch(List.of(Mixture.of(one), mixed)), metrics);
        }
        assertThat(metrics.get("styles")).as("of whole ones only").isCloseTo(0.75, within(1e-5));
    }

    @Test
    void azimuthsAreCountedInTheNetworksBins() {
        RendererExample one = example(1, 0, 0);
        RendererBatch batch =
                new RendererBatch(
                        List.of(
                                new Mixture(-15, one, one, one, one),
                                new Mixture(375, one, one, one, one)));
        assertThat(batch.azimuthBins())
                .containsExactly(
                        new double[] {SceneNetwork.BINS - 1, SceneNetwork.BINS / 24.0},
                        within(1e-9));
    }

    private RendererBatch mixed() {
        return new RendererBatch(
                List.of(
                        Mixture.of(example(1, 0.1f, 0.2f)),
                        new Mixture(
                                200,
                                example(2, 0, 0),
                                example(3, 0, 0),
                                example(4, 0, 0),
                                example(5, 0, 0))));
    }

    private RendererExample example(int seed, float cameraW, float contentW) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] camera = new float[W];
        float[] content = new float[W];
        Arrays.fill(camera, cameraW);
        Arrays.fill(content, contentW);
        return new RendererExample(
                camera,
                content,
                new float[3 * SIDE * SIDE],
                new float[SIDE * SIDE],
                true,
                random.nextInt(360),
                1,
                values(random, SceneNetwork.CAMERA),
                values(random, shapes),
                values(random, poses),
                values(random, TextureBands.SIZE),
                values(random, BackgroundGrid.SIZE));
    }

    private static float[] values(SplittableRandom random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
