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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.inverso.api.CategoryException;
import org.inverso.api.LatentCode;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.geometry.TemplateScale;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MlpDisentanglerTest {

    private static final Path CAR = Path.of("../org.inverso.category.car/src/main/resources");
    private static final int LATENT = 12;
    private static final int SHAPES = 3;

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final MlpDisentangler disentangler = new MlpDisentangler(runtime);

    @AfterEach
    void close() {
        disentangler.close();
    }

    @Test
    void hypothesesAreFarApartAndTheMostProbableComesFirst() {
        for (int seed = 0; seed < 10; seed++) {
            List<SceneEstimate> hypotheses =
                    disentangler.disentangle(code(LATENT, seed), category(seed, parameters -> {}));
            // Fresh weights are undecided, so the most that there may be.
            assertThat(hypotheses).hasSize(3);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < i; j++) {
                    double apart =
                            Math.IEEEremainder(
                                    hypotheses.get(i).camera().azimuthDeg()
                                            - hypotheses.get(j).camera().azimuthDeg(),
                                    360);
                    assertThat(Math.abs(apart)).isGreaterThanOrEqualTo(60 - 1e-3);
                    assertThat(hypotheses.get(i).score())
                            .isLessThanOrEqualTo(hypotheses.get(j).score());
                }
            }
        }
    }

    @Test
    void aNetworkThatIsSureGivesOneHypothesisAtTheBinsCentre() {
        CategoryModel category = category(1, parameters -> silence(parameters, "azimuth", 6, 20));
        List<SceneEstimate> hypotheses = disentangler.disentangle(code(LATENT, 1), category);
        assertThat(hypotheses).hasSize(1);
        assertThat(hypotheses.get(0).camera().azimuthDeg()).isCloseTo(90, within(1e-3f));
        assertThat(hypotheses.get(0).score()).isCloseTo(1, within(1e-4));
    }

    @Test
    void aNetworkThatTakesFrontForRearGivesBoth() {
        CategoryModel category = category(1, parameters -> undecided(parameters, 12, 0, 3));
        List<SceneEstimate> hypotheses = disentangler.disentangle(code(LATENT, 1), category);
        assertThat(hypotheses).hasSize(2);
        assertThat(Math.abs(hypotheses.get(0).camera().azimuthDeg())).isEqualTo(180);
        assertThat(hypotheses.get(1).camera().azimuthDeg()).isZero();
        assertThat(hypotheses.get(0).score()).isCloseTo(0.75, within(2e-3));
        assertThat(hypotheses.get(1).score()).isCloseTo(0.25, within(2e-3));
    }

    @Test
    void neighbouringBinsMeetInTheirMean() {
        CategoryModel category = category(1, parameters -> undecided(parameters, 5, 7, 2));
        List<SceneEstimate> hypotheses = disentangler.disentangle(code(LATENT, 1), category);
        assertThat(hypotheses).hasSize(1);
        assertThat(hypotheses.get(0).camera().azimuthDeg()).isCloseTo(75 + 30 / 3f, within(0.1f));
    }

    @Test
    void theMirrorImageHasASayInTheCameraAlone() {
        byte[] weights = weights(1, parameters -> undecided(parameters, 5, 6, 1e6));
        CategoryModel symmetric =
                new SmallCategory("two", SHAPES, Map.of("disentangler", weights), true);
        LatentCode code = code(LATENT, 1);
        SceneEstimate alone = disentangler.disentangle(code, symmetric).get(0);

        List<SceneEstimate> both = disentangler.disentangle(twice(code), symmetric);

        // It says the same of both, so that the reflection of the one contradicts the other.
        assertThat(both).hasSize(2);
        assertThat(both.stream().map(e -> Math.round(e.camera().azimuthDeg())))
                .containsExactlyInAnyOrder(75, -75);
        assertThat(both.get(0).score()).isCloseTo(0.5, within(1e-3));
        assertThat(both.get(0).camera().rollDeg()).isZero();
        assertThat(both.get(0).camera().shiftX()).isZero();
        assertThat(alone.camera().rollDeg()).isNotZero();
        assertThat(both.get(0).camera().elevationDeg())
                .isCloseTo(alone.camera().elevationDeg(), within(1e-4f));
        assertThat(both.get(0).shape()).containsExactly(alone.shape(), within(1e-5f));
        assertThat(both.get(0).pose()).containsExactly(alone.pose(), within(1e-5f));
    }

    @Test
    void whatIsNotSymmetricHasNoMirrorImage() {
        LatentCode code = twice(code(LATENT, 1));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> disentangler.disentangle(code, category(1, parameters -> {})))
                .withMessageContaining("codes of 12 numbers, this one has 24");
    }

    private static LatentCode twice(LatentCode code) {
        float[] values = Arrays.copyOf(code.values(), 2 * LATENT);
        System.arraycopy(code.values(), 0, values, LATENT, LATENT);
        return new LatentCode(values, code.encoderId());
    }

    @Test
    void shapeAndPoseKeepToTheLimitsOfTheCategory() {
        CategoryModel category =
                category(
                        2,
                        parameters -> {
                            parameters.arrays().get("shape.bias").set(new float[] {90, -90, 0});
                            parameters.arrays().get("pose.bias").set(new float[] {90, -90});
                        });
        SceneEstimate estimate = disentangler.disentangle(code(LATENT, 1), category).get(0);
        assertThat(estimate.shape()).hasSize(SHAPES);
        assertThat(estimate.shape()[0]).isEqualTo(SmallCategory.HIGHEST);
        assertThat(estimate.shape()[1]).isEqualTo(SmallCategory.LOWEST);
        assertThat(estimate.shape()[2])
                .isStrictlyBetween(SmallCategory.LOWEST, SmallCategory.HIGHEST);
        assertThat(estimate.pose()).containsExactly(new float[] {0.5f, 0}, within(1e-5f));
    }

    @Test
    void headsThatSayNothingMeanUniformLightAndGreyTexture() {
        CategoryModel category =
                category(
                        3,
                        parameters -> {
                            zero(parameters, "light.weight");
                            zero(parameters, "texture.out.weight");
                            zero(parameters, "camera.weight");
                        });
        SceneEstimate estimate = disentangler.disentangle(code(LATENT, 1), category).get(0);
        assertThat(estimate.lighting().coefficients())
                .containsExactly(ShLighting.uniform().coefficients());
        Image texture = estimate.texture().orElseThrow();
        for (int i = 0; i < texture.rgba().length; i++) {
            assertThat(texture.rgba()[i] & 0xff).isEqualTo(i % 4 == 3 ? 255 : 128);
        }
        assertThat(estimate.camera().distance())
                .isCloseTo(9 * TemplateScale.of(category.template()), within(1e-3f));
        assertThat(estimate.camera().target().y()).isEqualTo(0.75f);
    }

    @Test
    void theSameCodeAlwaysGivesTheSameScene() {
        CategoryModel category = category(4, parameters -> {});
        SceneEstimate first = disentangler.disentangle(code(LATENT, 1), category).get(0);
        SceneEstimate again = disentangler.disentangle(code(LATENT, 1), category).get(0);
        assertThat(again.camera()).isEqualTo(first.camera());
        assertThat(again.shape()).containsExactly(first.shape());
        assertThat(again.texture().orElseThrow().rgba())
                .isEqualTo(first.texture().orElseThrow().rgba());
        SceneEstimate other = disentangler.disentangle(code(LATENT, 2), category).get(0);
        assertThat(other.shape()).isNotEqualTo(first.shape());
    }

    @Test
    void theCarGetsScenesWithinItsLimits() {
        CategoryModel car = new CategoryLoader().load(CAR);
        List<SceneEstimate> hypotheses = disentangler.disentangle(code(256, 5), car);
        assertThat(hypotheses).hasSizeBetween(1, 3);
        for (SceneEstimate estimate : hypotheses) {
            assertThat(estimate.shape()).hasSize(car.template().shapeCount());
            for (int k = 0; k < estimate.shape().length; k++) {
                assertThat(estimate.shape()[k])
                        .isBetween(car.shapePrior().min()[k], car.shapePrior().max()[k]);
            }
            assertThat(estimate.pose()).hasSize(car.poseParameters().size());
            for (int p = 0; p < estimate.pose().length; p++) {
                assertThat(estimate.pose()[p])
                        .isBetween(
                                car.poseParameters().get(p).minRadians() - 1e-5f,
                                car.poseParameters().get(p).maxRadians() + 1e-5f);
            }
            assertThat(estimate.camera().distance()).isFinite().isPositive();
            assertThat(estimate.camera().focal()).isFinite().isPositive();
            Image texture = estimate.texture().orElseThrow();
            assertThat(texture.width()).isEqualTo(64);
            assertThat(texture.height()).isEqualTo(64);
            assertThat(texture.get(31, 63, 3)).isEqualTo(255);
            assertThat(estimate.vertexOffsets()).isEmpty();
        }
    }

    @Test
    void codesOfAnotherEncoderAreRefused() {
        LatentCode foreign = new LatentCode(new float[LATENT], "transformer");
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> disentangler.disentangle(foreign, category(1, parameters -> {})))
                .withMessageContaining("encoder cnn, not of transformer");
    }

    @Test
    void codesOfAnotherLengthAreRefused() {
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(
                        () -> disentangler.disentangle(code(7, 1), category(1, parameters -> {})))
                .withMessageContaining("codes of 12 numbers, this one has 7");
    }

    @Test
    void weightsForAnotherTemplateAreRefused() {
        CategoryModel category =
                new SmallCategory("five", 5, Map.of("disentangler", weights(1, parameters -> {})));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> disentangler.disentangle(code(LATENT, 1), category))
                .withMessageContaining("Category small 1.2.3")
                .withMessageContaining("3 shape targets, the template has 5");
    }

    @Test
    void weightsForAnotherPoseAreRefused() {
        byte[] still;
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, 1);
            new SceneNetwork(parameters, LATENT, SHAPES, 0);
            still = parameters.write(true);
        }
        CategoryModel category = new SmallCategory("still", SHAPES, Map.of("disentangler", still));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> disentangler.disentangle(code(LATENT, 1), category))
                .withMessageContaining("0 pose parameters, the category has 2");
    }

    @Test
    void weightsThatAreMissingOrNoneAreErrors() {
        CategoryModel none = new SmallCategory("none", SHAPES, Map.of());
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> disentangler.disentangle(code(LATENT, 1), none))
                .withMessageContaining("no weights \"disentangler\"");
        CategoryModel text =
                new SmallCategory("text", SHAPES, Map.of("disentangler", new byte[] {1, 2, 3}));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> disentangler.disentangle(code(LATENT, 1), text))
                .withMessageContaining("not a safetensors file");
    }

    /** Makes a head say the same of everything: {@code value} for one output, 0 for all others. */
    private static void silence(Parameters parameters, String head, int output, float value) {
        zero(parameters, head + ".weight");
        zero(parameters, head + "Offset.weight");
        float[] bias = new float[SceneNetwork.BINS];
        bias[output] = value;
        parameters.arrays().get(head + ".bias").set(bias);
    }

    /** Azimuth in one of two bins, the first of them {@code odds} times as probable. */
    private static void undecided(Parameters parameters, int likelier, int other, double odds) {
        silence(parameters, "azimuth", likelier, 20);
        float[] bias = new float[SceneNetwork.BINS];
        bias[likelier] = 20;
        bias[other] = 20 - (float) Math.log(odds);
        parameters.arrays().get("azimuth.bias").set(bias);
    }

    private static void zero(Parameters parameters, String name) {
        var array = parameters.arrays().get(name);
        array.set(new float[(int) array.size()]);
    }

    private CategoryModel category(long seed, Consumer<Parameters> change) {
        byte[] weights = weights(seed, change);
        String hash = Integer.toHexString(java.util.Arrays.hashCode(weights));
        return new SmallCategory(hash, SHAPES, Map.of("disentangler", weights));
    }

    private byte[] weights(long seed, Consumer<Parameters> change) {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, seed);
            new SceneNetwork(parameters, LATENT, SHAPES, 2);
            change.accept(parameters);
            return parameters.write(true);
        }
    }

    private static LatentCode code(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) Math.max(0, random.nextGaussian());
        }
        return new LatentCode(values, "cnn");
    }
}
