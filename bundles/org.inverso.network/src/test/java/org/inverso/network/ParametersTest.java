/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    /** Largest relative error of a number in half precision that is not subnormal. */
    private static final float HALF_PRECISION = 1f / 2048;

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void freshWeightsDependOnTheSeedAlone() {
        float[] weights = fresh(7).weight("w", 1, 4, 8, 4).toFloatArray();
        assertThat(fresh(7).weight("w", 1, 4, 8, 4).toFloatArray()).containsExactly(weights);
        assertThat(fresh(8).weight("w", 1, 4, 8, 4).toFloatArray()).isNotEqualTo(weights);
    }

    @Test
    void freshWeightsHaveTheVarianceOfGainAndFanIn() {
        float[] weights = fresh(3).weight("w", 2, 100, 200, 100).toFloatArray();
        double sum = 0;
        double square = 0;
        for (float weight : weights) {
            sum += weight;
            square += (double) weight * weight;
        }
        assertThat(sum / weights.length).isCloseTo(0, within(0.005));
        assertThat(square / weights.length).isCloseTo(2.0 * 2 / 100, within(0.001));
    }

    @Test
    void aParameterThatIsAskedForTwiceIsMadeOnce() {
        Parameters parameters = fresh(1);
        assertThat(parameters.constant("b", 0, 3)).isSameAs(parameters.constant("b", 9, 3));
        assertThat(parameters.arrays()).hasSize(1);
    }

    @Test
    void singlePrecisionComesBackExactly() {
        Parameters written = fresh(5);
        float[] weight = written.weight("layer.weight", 1, 3, 4, 3).toFloatArray();
        written.constant("layer.bias", 0.1f, 4);
        Parameters read = Parameters.read(manager, written.write(false));
        assertThat(read.arrays()).containsOnlyKeys("layer.bias", "layer.weight");
        assertThat(read.weight("layer.weight", 1, 3, 4, 3).toFloatArray()).containsExactly(weight);
        assertThat(read.constant("layer.bias", 0, 4).toFloatArray()).containsOnly(0.1f);
    }

    @Test
    void theOrderOfChannelsInMemoryChangesNothingButTheTime() {
        Parameters parameters = fresh(5);
        Convolution plain = new Convolution(parameters, "layer", 16, 32, 3, 1, true);
        NDArray picture = manager.randomNormal(new Shape(2, 16, 9, 7));
        float[] expected = plain.forward(picture).toFloatArray();
        byte[] file = parameters.write(false);
        Parameters last = Parameters.read(manager, file).channelsLast();
        NDArray found = new Convolution(last, "layer", 16, 32, 3, 1, true).forward(picture);
        assertThat(found.getShape()).isEqualTo(new Shape(2, 32, 9, 7));
        assertThat(found.toFloatArray()).containsExactly(expected, within(1e-5f));
        assertThat(last.write(false)).isEqualTo(file);
    }

    @Test
    void halfPrecisionComesBackAsNearAsItCan() {
        Parameters written = fresh(5);
        float[] weight = written.weight("w", 1, 1, 500).toFloatArray();
        byte[] half = written.write(true);
        float[] read = Parameters.read(manager, half).weight("w", 1, 1, 500).toFloatArray();
        for (int i = 0; i < weight.length; i++) {
            assertThat(read[i])
                    .isCloseTo(weight[i], within(HALF_PRECISION * Math.abs(weight[i]) + 1e-7f));
        }
        assertThat(read).isNotEqualTo(weight);
        assertThat(written.write(false).length - half.length).isBetween(950, 1050);
    }

    @Test
    void whatIsWrittenMayBeTrainedFurther() {
        Parameters written = fresh(5);
        written.weight("w", 1, 2, 2, 2);
        written.requireGradients();
        byte[] file = written.write(false);
        Parameters read = Parameters.read(manager, file);
        assertThat(read.write(false)).isEqualTo(file);
        assertThat(written.arrays().get("w").hasGradient()).isTrue();
    }

    @Test
    void aReadParameterOfAnotherShapeIsRefused() {
        Parameters written = fresh(1);
        written.weight("conv.weight", 1, 9, 8, 1, 3, 3);
        Parameters read = Parameters.read(manager, written.write(false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.weight("conv.weight", 1, 9, 1, 8, 3, 3))
                .withMessageContaining("conv.weight")
                .withMessageContaining("(8, 1, 3, 3)")
                .withMessageContaining("(1, 8, 3, 3)");
    }

    @Test
    void trainingGoesOnFromAnotherNetworksParameters() {
        Parameters first = fresh(7);
        float[] shared = first.weight("shared", 1, 4, 8, 4).toFloatArray();

        try (Parameters next = Parameters.startingFrom(manager, first.write(false), 9)) {
            assertThat(next.weight("shared", 1, 4, 8, 4).toFloatArray()).containsExactly(shared);
            assertThat(next.weight("own", 1, 4, 8, 4).toFloatArray())
                    .containsExactly(fresh(9).weight("own", 1, 4, 8, 4).toFloatArray());
        }
    }

    @Test
    void aParameterThatTheFileLacksIsNotMadeUp() {
        Parameters written = fresh(1);
        written.constant("there", 1, 2);
        Parameters read = Parameters.read(manager, written.write(false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.constant("elsewhere", 1, 2))
                .withMessageContaining("elsewhere is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.dimension("elsewhere", 0))
                .withMessageContaining("elsewhere is missing");
    }

    @Test
    void sizesOfHeadsAreReadFromTheFile() {
        Parameters written = fresh(1);
        written.weight("head.weight", 1, 5, 7, 5);
        Parameters read = Parameters.read(manager, written.write(true));
        assertThat(read.dimension("head.weight", 0)).isEqualTo(7);
        assertThat(read.dimension("head.weight", 1)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "This is a text that somebody took for weights.\n"})
    void anythingElseThanSafetensorsIsRefused(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.read(manager, bytes))
                .withMessageContaining("not a safetensors file");
    }

    @Test
    void aTruncatedFileIsRefused() {
        Parameters written = fresh(1);
        written.constant("w", 1, 100);
        byte[] whole = written.write(false);
        byte[] part = Arrays.copyOf(whole, whole.length - 40);
        assertThatIllegalArgumentException().isThrownBy(() -> Parameters.read(manager, part));
    }

    @Test
    void closingFreesAllParameters() {
        Parameters parameters = fresh(1);
        var weight = parameters.constant("w", 1, 3);
        parameters.close();
        assertThatThrownBy(weight::toFloatArray).isInstanceOf(IllegalStateException.class);
    }

    private Parameters fresh(long seed) {
        return Parameters.random(manager, seed);
    }
}
