/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the equations of the paper, written out sample by sample in double precision. */
class ModulatedConvolutionTest {

    private static final float TOLERANCE = 1e-4f;
    private static final int SAMPLES = 3;
    private static final int IN = 5;
    private static final int OUT = 4;
    private static final int SIDE = 6;
    private static final int W = 8;
    private static final double[] FILTER = {0.25, 0.75, 0.75, 0.25};

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;
    private NDManager scratch;
    private Parameters parameters;
    private NDArray w;
    private NDArray input;
    private double[] x;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        scratch = manager.newSubManager();
        parameters = Parameters.random(manager, 1);
        SplittableRandom random = new SplittableRandom(2);
        w = LayerNoise.normal(scratch, random, SAMPLES, W);
        input = LayerNoise.normal(scratch, random, SAMPLES, IN, SIDE, SIDE);
        x = doubles(input);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void itIsTheConvolutionWithWeightsModulatedSampleBySample() {
        ModulatedConvolution layer = layer(OUT, 3, true, false);
        double[] y = doubles(layer.forward(input, w));
        double[][] weights = weights(layer, OUT, 3, true);
        for (int at = 0; at < y.length; at++) {
            int n = at / (OUT * SIDE * SIDE);
            int out = at / (SIDE * SIDE) % OUT;
            double sum = 0;
            for (int k = 0; k < IN * 9; k++) {
                int row = at / SIDE % SIDE + k / 3 % 3 - 1;
                int column = at % SIDE + k % 3 - 1;
                sum += weights[n][out * IN * 9 + k] * pixel(n, k / 9, row, column);
            }
            assertThat(y[at]).isCloseTo(sum, within((double) TOLERANCE));
        }
    }

    @Test
    void doublingIsATransposedConvolutionAndTheBinomialFilter() {
        ModulatedConvolution layer = layer(OUT, 3, true, true);
        NDArray result = layer.forward(input, w);
        assertThat(result.getShape()).isEqualTo(new Shape(SAMPLES, OUT, 2 * SIDE, 2 * SIDE));
        double[] y = doubles(result);
        double[][] weights = weights(layer, OUT, 3, true);
        for (int n = 0; n < SAMPLES; n++) {
            for (int out = 0; out < OUT; out++) {
                double[][] spread = new double[2 * SIDE + 1][2 * SIDE + 1];
                for (int k = 0; k < IN * 9; k++) {
                    for (int i = 0; i < SIDE * SIDE; i++) {
                        spread[2 * (i / SIDE) + k / 3 % 3][2 * (i % SIDE) + k % 3] +=
                                weights[n][out * IN * 9 + k] * pixel(n, k / 9, i / SIDE, i % SIDE);
                    }
                }
                for (int i = 0; i < 4 * SIDE * SIDE; i++) {
                    int at = (n * OUT + out) * 4 * SIDE * SIDE + i;
                    double expected = filtered(spread, i / (2 * SIDE) - 1, i % (2 * SIDE) - 1);
                    assertThat(y[at]).isCloseTo(expected, within((double) TOLERANCE));
                }
            }
        }
    }

    @Test
    void imagesAreDoubledByTheSameFilter() {
        double[] y = doubles(Upsampling.image(input));
        for (int plane = 0; plane < SAMPLES * IN; plane++) {
            double[][] spread = new double[2 * SIDE][2 * SIDE];
            for (int i = 0; i < SIDE * SIDE; i++) {
                spread[2 * (i / SIDE)][2 * (i % SIDE)] = x[plane * SIDE * SIDE + i];
            }
            for (int i = 0; i < 4 * SIDE * SIDE; i++) {
                double expected = filtered(spread, i / (2 * SIDE) - 2, i % (2 * SIDE) - 2);
                assertThat(y[plane * 4 * SIDE * SIDE + i])
                        .isCloseTo(expected, within((double) TOLERANCE));
            }
        }
    }

    @Test
    void demodulationGivesUnitVarianceWhateverTheStyle() {
        int wide = 64;
        int side = 24;
        ModulatedConvolution layer =
                new ModulatedConvolution(parameters, "wide", wide, wide, 3, W, true, false);
        NDArray noise = LayerNoise.normal(scratch, new SplittableRandom(3), 1, wide, side, side);
        for (float strength : new float[] {0.1f, 1, 10}) {
            NDArray style = LayerNoise.normal(scratch, new SplittableRandom(4), 1, W).mul(strength);
            NDArray inner = layer.forward(noise, style).get(":, :, 1:-1, 1:-1");
            assertThat(inner.square().mean().getFloat()).isCloseTo(1, within(0.1f));
        }
    }

    @Test
    void withoutDemodulationTheStyleScalesTheResult() {
        ModulatedConvolution layer = layer(3, 1, false, false);
        double[] y = doubles(layer.forward(input, w));
        double[][] weights = weights(layer, 3, 1, false);
        for (int at = 0; at < y.length; at++) {
            int n = at / (3 * SIDE * SIDE);
            int out = at / (SIDE * SIDE) % 3;
            double sum = 0;
            for (int i = 0; i < IN; i++) {
                sum += weights[n][out * IN + i] * pixel(n, i, at / SIDE % SIDE, at % SIDE);
            }
            assertThat(y[at]).isCloseTo(sum, within((double) TOLERANCE));
        }
    }

    @Test
    void nothingIsLeftWithTheParameters() {
        ModulatedConvolution layer = layer(OUT, 3, true, true);
        NDManager owner = parameters.arrays().get("layer.weight").getManager();
        int before = owner.getManagedArrays().size();
        layer.forward(input, w);
        assertThat(owner.getManagedArrays()).hasSize(before);
    }

    private ModulatedConvolution layer(int out, int kernel, boolean demodulate, boolean up) {
        return new ModulatedConvolution(parameters, "layer", IN, out, kernel, W, demodulate, up);
    }

    /** Weights of each sample, {@code double[N][out * in * k * k]}. */
    private double[][] weights(
            ModulatedConvolution layer, int out, int kernel, boolean demodulate) {
        double[] raw = doubles(parameters.arrays().get("layer.weight"));
        double[] style = doubles(layer.style(w));
        int window = kernel * kernel;
        double[][] all = new double[SAMPLES][raw.length];
        for (int n = 0; n < SAMPLES; n++) {
            for (int o = 0; o < out; o++) {
                double squares = 0;
                for (int k = 0; k < IN * window; k++) {
                    int at = o * IN * window + k;
                    all[n][at] = raw[at] * style[n * IN + k / window] / Math.sqrt(IN * window);
                    squares += all[n][at] * all[n][at];
                }
                for (int k = 0; demodulate && k < IN * window; k++) {
                    all[n][o * IN * window + k] /= Math.sqrt(squares + 1e-8);
                }
            }
        }
        return all;
    }

    private static double filtered(double[][] image, int top, int left) {
        double sum = 0;
        for (int tap = 0; tap < 16; tap++) {
            int row = top + tap / 4;
            int column = left + tap % 4;
            if (row >= 0 && column >= 0 && row < image.length && column < image.length) {
                sum += FILTER[tap / 4] * FILTER[tap % 4] * image[row][column];
            }
        }
        return sum;
    }

    private double pixel(int n, int channel, int row, int column) {
        boolean inside = row >= 0 && column >= 0 && row < SIDE && column < SIDE;
        return inside ? x[((n * IN + channel) * SIDE + row) * SIDE + column] : 0;
    }

    private static double[] doubles(NDArray array) {
        float[] values = array.toFloatArray();
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
