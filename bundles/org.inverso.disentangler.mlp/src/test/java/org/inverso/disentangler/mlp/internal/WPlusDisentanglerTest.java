/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.CategoryException;
import org.inverso.api.LatentCode;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.disentangler.mlp.WPlusSceneNetwork;
import org.inverso.network.Parameters;
import org.inverso.network.StyleUnits;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WPlusDisentanglerTest {

    private static final int LAYERS = 3;
    private static final int W = 4;
    private static final int SHAPES = 3;
    private static final int POSES = 2;

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final WPlusDisentangler disentangler = new WPlusDisentangler(runtime);

    @AfterEach
    void close() {
        disentangler.close();
    }

    @Test
    void stylesBecomeScenesWithinTheLimitsOfTheCategory() {
        CategoryModel category = category(weights(SHAPES, POSES, 1));
        List<SceneEstimate> hypotheses = disentangler.disentangle(code(1), category);
        // Fresh weights are undecided, so the most that there may be.
        assertThat(hypotheses).hasSize(3);
        for (SceneEstimate estimate : hypotheses) {
            assertThat(estimate.shape()).hasSize(SHAPES);
            for (float weight : estimate.shape()) {
                assertThat(weight).isBetween(SmallCategory.LOWEST, SmallCategory.HIGHEST);
            }
            assertThat(estimate.pose()).hasSize(POSES);
            assertThat(estimate.texture()).isPresent();
        }
        assertThat(disentangler.disentangle(code(2), category).get(0).shape())
                .isNotEqualTo(hypotheses.get(0).shape());
    }

    @Test
    void stylesAreMeasuredFromTheMeanOfTheGenerator() {
        CategoryModel category = category(weights(SHAPES, POSES, 1e6f));
        // So far from everything that all styles are the mean.
        assertThat(disentangler.disentangle(code(1), category).get(0).shape())
                .containsExactly(
                        disentangler.disentangle(code(2), category).get(0).shape(), within(1e-4f));
    }

    @Test
    void codesOfAnotherEncoderAreRefused() {
        LatentCode foreign = new LatentCode(new float[LAYERS * W], "cnn");
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(
                        () ->
                                disentangler.disentangle(
                                        foreign, category(weights(SHAPES, POSES, 1))))
                .withMessageContaining("encoder wplus, not of cnn")
                .withMessageContaining("encoder = wplus, disentangler = wplus");
    }

    @Test
    void stylesAreRefusedByTheUsualDisentangler() {
        MlpDisentangler usual = new MlpDisentangler(runtime);
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> usual.disentangle(code(1), category(weights(SHAPES, POSES, 1))))
                .withMessageContaining("encoder cnn, not of wplus")
                .withMessageContaining("encoder = cnn, disentangler = mlp");
        usual.close();
    }

    @Test
    void aCategoryWithoutTheWeightsSaysHowToTrainThem() {
        CategoryModel none = new SmallCategory("none", SHAPES, Map.of());
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> disentangler.disentangle(code(1), none))
                .withMessageContaining("no weights \"latent-disentangler\"")
                .withMessageContaining("--stage latent");
    }

    @Test
    void stylesOfAGeneratorWithMoreLayersAreRefused() {
        LatentCode longer = new LatentCode(new float[(LAYERS + 1) * W], "wplus");
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(
                        () -> disentangler.disentangle(longer, category(weights(SHAPES, POSES, 1))))
                .withMessageContaining("codes of 12 numbers, this one has 16");
    }

    @Test
    void weightsForAnotherCategoryAreRefused() {
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(
                        () ->
                                disentangler.disentangle(
                                        code(1), category(weights(SHAPES + 1, POSES, 1))))
                .withMessageContaining("4 shape targets, the template has 3");
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(
                        () -> disentangler.disentangle(code(1), category(weights(SHAPES, 0, 1))))
                .withMessageContaining("0 pose parameters, the category has 2");
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> disentangler.disentangle(code(1), category(new byte[] {1, 2})))
                .withMessageContaining("not a safetensors file");
    }

    private static CategoryModel category(byte[] weights) {
        String hash = Integer.toHexString(java.util.Arrays.hashCode(weights));
        return new SmallCategory(hash, SHAPES, Map.of("latent-disentangler", weights));
    }

    private byte[] weights(int shapes, int poses, float deviation) {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, 1);
            new WPlusSceneNetwork(parameters, LAYERS, W, shapes, poses);
            StyleUnits.read(parameters).set(new float[W], deviation);
            return parameters.write(false);
        }
    }

    private static LatentCode code(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[LAYERS * W];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new LatentCode(values, "wplus");
    }
}
