/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EqualizedLayersTest {

    private static final float TOLERANCE = 2e-5f;

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final SplittableRandom random = new SplittableRandom(5);
    private NDManager manager;
    private NDManager scratch;
    private Parameters parameters;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        scratch = manager.newSubManager();
        parameters = Parameters.random(manager, 1);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aDenseLayerScalesItsWeightsByTheRootOfItsInputs() {
        Layer dense = new EqualizedDense(parameters, "dense", 4, 2, 3, 0.5);
        float[] w = parameters.arrays().get("dense.weight").toFloatArray();
        float[] x = values(4);
        float[] y = dense.forward(scratch.create(x, new Shape(1, 4))).toFloatArray();
        for (int o = 0; o < 2; o++) {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                sum += (double) w[4 * o + i] * x[i];
            }
            assertThat(y[o]).isCloseTo((float) (0.5 * (sum / 2 + 3)), within(TOLERANCE));
        }
    }

    @Test
    void aConvolutionOfNoiseKeepsItsVariance() {
        Layer convolution = new EqualizedConvolution(parameters, "conv", 32, 32, 3, true);
        NDArray y = convolution.forward(scratch.create(values(32 * 256), new Shape(1, 32, 16, 16)));
        assertThat(y.getShape()).isEqualTo(new Shape(1, 32, 16, 16));
        assertThat(y.square().mean().getFloat()).isBetween(0.7f, 1.3f);
    }

    @Test
    void theActivationKeepsTheMeanSquareOfNoise() {
        float[] y =
                new ScaledLeakyRelu()
                        .forward(scratch.create(new float[] {2, -1, 0}))
                        .toFloatArray();
        float root = (float) Math.sqrt(2);
        assertThat(y).containsExactly(new float[] {2 * root, -0.2f * root, 0}, within(TOLERANCE));
    }

    @Test
    void downsampleIsTheMeanOfFour() {
        NDArray x = scratch.create(new float[] {1, 3, 0, 4, 5, 7, 8, 0}, new Shape(1, 1, 2, 4));
        assertThat(new Downsample().forward(x).toFloatArray()).containsExactly(4, 3);
    }

    @Test
    void resultsAreFreedWithTheInputNotWithTheParameters() {
        Layer layer =
                new EqualizedConvolution(parameters, "conv", 2, 2, 3, true)
                        .then(x -> x.reshape(1, -1))
                        .then(new EqualizedDense(parameters, "dense", 32, 2, 0, 0.01));
        NDArray first = parameters.arrays().get("conv.weight");
        int before = first.getManager().getManagedArrays().size();
        layer.forward(scratch.create(values(32), new Shape(1, 2, 4, 4)));
        assertThat(first.getManager().getManagedArrays()).hasSize(before);
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
