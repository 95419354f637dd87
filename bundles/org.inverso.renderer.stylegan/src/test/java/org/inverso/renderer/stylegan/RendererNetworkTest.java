/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RendererNetworkTest {

    private static final RendererShape SHAPE = new RendererShape(5, 2, 8, 3, 4);

    private final NDManager manager =
            DjlRuntime.start(DjlRuntime.userCacheFolder(), 1).newManager();

    @AfterEach
    void close() {
        JniUtils.setGradMode(true);
        manager.close();
    }

    @Test
    void sharesOfTheFactorsSumToOne() {
        Parameters parameters = parameters(1);
        RendererNetwork network = new RendererNetwork(parameters);
        randomise(parameters, "selectors.camera", 2);
        randomise(parameters, "selectors.content", 3);
        NDArray owner = manager.create(1f);
        NDArray camera = network.selectors().ofCameraLayers(owner);
        NDArray content = network.selectors().ofContentLayers(owner);
        assertThat(camera.getShape()).isEqualTo(new Shape(4, 2, 3));
        assertThat(content.getShape()).isEqualTo(new Shape(3, 3, 3));
        for (NDArray shares : List.of(camera, content)) {
            for (float sum : shares.sum(new int[] {0}).toFloatArray()) {
                assertThat(sum).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @Test
    void entropyIsLargestAtTheStartAndZeroOnceEachCoordinateHasItsFactor() {
        Parameters parameters = parameters(1);
        RendererNetwork network = new RendererNetwork(parameters);
        NDArray owner = manager.create(1f);
        double expected = (2 * Math.log(4) + 3 * Math.log(3)) / 5;
        assertThat((double) network.selectors().entropy(owner).getFloat())
                .isCloseTo(expected, within(1e-5));
        decide(parameters, "selectors.camera", 1);
        decide(parameters, "selectors.content", 2);
        assertThat(network.selectors().entropy(owner).getFloat()).isCloseTo(0, within(1e-3f));
    }

    @Test
    void theCameraNeverChangesTheContentsLayers() {
        RendererNetwork network = new RendererNetwork(parameters(1));
        Factors factors = factors(1);
        NDArray one = network.coordinates(factors);
        NDArray other =
                network.coordinates(
                        new Factors(
                                factors.camera().mul(-1),
                                factors.shape(),
                                factors.texture(),
                                factors.background()));
        assertThat(other.get(new NDIndex(":, 2:")).toFloatArray())
                .containsExactly(one.get(new NDIndex(":, 2:")).toFloatArray());
        assertThat(other.get(new NDIndex(":, 0:2")).toFloatArray())
                .isNotEqualTo(one.get(new NDIndex(":, 0:2")).toFloatArray());
    }

    @Test
    void aChosenFactorIsTheOnlyOneThatCounts() {
        Parameters parameters = parameters(1);
        RendererNetwork network = new RendererNetwork(parameters);
        decide(parameters, "selectors.camera", 2);
        decide(parameters, "selectors.content", 1);
        Factors a = factors(1);
        Factors b = factors(2);
        Factors withTextureOfA = new Factors(b.camera(), b.shape(), a.texture(), b.background());
        assertThat(network.coordinates(withTextureOfA).toFloatArray())
                .containsExactly(network.coordinates(a).toFloatArray(), within(1e-4f));
        for (String layers : List.of(":, 0:2", ":, 2:")) {
            NDArray difference = network.coordinates(b).sub(network.coordinates(a));
            assertThat(difference.get(new NDIndex(layers)).abs().mean().getFloat())
                    .as(layers)
                    .isGreaterThan(1e-3f);
        }
    }

    @Test
    void gradientsReachEveryLearnedParameter() {
        JniUtils.setGradMode(true);
        Parameters parameters = parameters(1);
        parameters.requireGradients();
        RendererNetwork network = new RendererNetwork(parameters);
        try (NDManager scratch = manager.newSubManager()) {
            Factors factors = factors(scratch, 4);
            NDArray loss =
                    network.wPlus(factors)
                            .square()
                            .mean()
                            .add(network.selectors().entropy(factors.camera()));
            JniUtils.backward(
                    (PtNDArray) loss, (PtNDArray) scratch.ones(loss.getShape()), false, false);
        }
        parameters
                .arrays()
                .forEach(
                        (name, array) -> {
                            if (!name.startsWith(StyleSpace.PREFIX)) {
                                assertThat(array.getGradient().abs().sum().getFloat())
                                        .as(name)
                                        .isPositive();
                            }
                        });
    }

    @Test
    void weightsThatWereWrittenRenderTheSame() {
        Parameters parameters = parameters(7);
        float[] before = new RendererNetwork(parameters).wPlus(factors(5)).toFloatArray();
        RendererNetwork read =
                new RendererNetwork(Parameters.read(manager, parameters.write(false)));
        assertThat(read.shape()).isEqualTo(SHAPE);
        assertThat(read.wPlus(factors(5)).toFloatArray()).containsExactly(before);
    }

    @Test
    void coordinatesStayWhereTheGeneratorKnowsStyles() {
        Parameters parameters = parameters(1);
        for (String name : List.copyOf(parameters.arrays().keySet())) {
            if (name.endsWith(".weight")) {
                NDArray weight = parameters.arrays().get(name);
                weight.set(weight.mul(100).toFloatArray());
            }
        }
        float[] all = new RendererNetwork(parameters).coordinates(factors(1)).toFloatArray();
        float largest = 0;
        for (float value : all) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isBetween(2f, 3f);
    }

    @Test
    void coordinatesAndStylesAreTwoWaysToSayTheSame() {
        Parameters parameters = Parameters.random(manager, 1);
        StyleSpace space = new StyleSpace(parameters, SHAPE);
        float[] basis = new float[3 * 8];
        for (int d = 0; d < 3; d++) {
            basis[d * 8 + 2 * d] = 0.5f + d;
        }
        parameters.arrays().get(StyleSpace.BASIS).set(basis);
        parameters.arrays().get(StyleSpace.MEAN).set(new float[] {1, 2, 3, 4, 5, 6, 7, 8});
        float[] coordinates = {1, -2, 0.5f};
        NDArray wPlus = space.wPlus(manager.create(coordinates, new Shape(1, 1, 3)));
        assertThat(wPlus.toFloatArray()).containsExactly(1.5f, 2, 0, 4, 6.25f, 6, 7, 8);
        assertThat(space.coordinates(wPlus.reshape(1, 8)).toFloatArray())
                .containsExactly(coordinates, within(1e-5f));
        assertThat(space.fits(new float[] {1, 2, 3, 4, 5, 6, 7, 8})).isTrue();
        assertThat(space.fits(new float[] {1, 2, 3, 4, 5, 6, 7, 8.1f})).isFalse();
        assertThat(space.fits(new float[] {1, 2})).isFalse();
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RendererShape(5, 5, 8, 3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new RendererShape(5, 2, 8, 9, 4));
    }

    private Parameters parameters(long seed) {
        Parameters parameters = Parameters.random(manager, seed);
        new RendererNetwork(parameters, SHAPE);
        randomise(parameters, StyleSpace.BASIS, seed + 1);
        return parameters;
    }

    private static void randomise(Parameters parameters, String name, long seed) {
        NDArray array = parameters.arrays().get(name);
        array.set(normal(seed, (int) array.size()));
    }

    private static void decide(Parameters parameters, String name, int factor) {
        NDArray array = parameters.arrays().get(name);
        float[] logits = new float[(int) array.size()];
        int one = logits.length / (int) array.getShape().get(0);
        for (int i = 0; i < one; i++) {
            logits[factor * one + i] = 5;
        }
        array.set(logits);
    }

    private Factors factors(long seed) {
        return factors(manager, seed);
    }

    private static Factors factors(NDManager manager, long seed) {
        int n = 6;
        return new Factors(
                normal(manager, seed, n, CameraFactor.SIZE),
                normal(manager, seed + 10, n, SHAPE.shapeSize()),
                normal(manager, seed + 20, n, TextureBands.SIZE),
                normal(manager, seed + 30, n, BackgroundGrid.SIZE));
    }

    private static NDArray normal(NDManager manager, long seed, int n, int size) {
        return manager.create(normal(seed, n * size), new Shape(n, size));
    }

    private static float[] normal(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
