/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.SplittableRandom;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each layer against its formula, written out in double precision. */
class LayersTest {

    private static final float TOLERANCE = 2e-5f;

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final SplittableRandom random = new SplittableRandom(11);
    private NDManager manager;
    private Parameters parameters;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        parameters = Parameters.random(manager, 1);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void convolutionDoesNotShowWhatItsMemoryHeldBefore() {
        expectTheSameWhateverMemoryHeld(
                new Convolution(parameters, "conv", 24, 48, 3, 2, false), new Shape(1, 24, 64, 64));
    }

    @Test
    void equalizedConvolutionDoesNotShowWhatItsMemoryHeldBefore() {
        expectTheSameWhateverMemoryHeld(
                new EqualizedConvolution(parameters, "conv", 129, 128, 3, true),
                new Shape(8, 129, 4, 4));
    }

    private void expectTheSameWhateverMemoryHeld(Layer layer, Shape shape) {
        NDArray input = manager.create(values((int) shape.size()), shape);
        float[] first = layer.forward(input).toFloatArray();
        assertThat(first).doesNotContain(Float.NaN);
        for (int run = 0; run < 50; run++) {
            try (NDManager before = runtime.newManager()) {
                for (int size = 500; size < 2_000_000; size *= 3) {
                    before.full(new Shape(size), Float.NaN, DataType.FLOAT32);
                }
            }
            assertThat(layer.forward(input).toFloatArray()).isEqualTo(first);
        }
    }

    /** The number of channels decides which of oneDNN's kernels computes it. */
    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "12, 12", "16, 3", "20, 20", "24, 33", "64, 1", "16, 16"})
    void convolutionsGradientIsTheSumOverOutputChannels(int in, int out) {
        int samples = 8;
        int side = 16;
        int pixels = side * side;
        Layer convolution = new Convolution(parameters, "conv", in, out, 3, 1, false);
        float[] weight = parameters.arrays().get("conv.weight").toFloatArray();
        NDArray input =
                manager.create(values(samples * in * pixels), new Shape(samples, in, side, side));
        float[] upstream = values(samples * out * pixels);
        input.setRequiresGradient(true);
        try (GradientCollector collector = runtime.engine().newGradientCollector()) {
            NDArray wanted = manager.create(upstream, new Shape(samples, out, side, side));
            collector.backward(convolution.forward(input).mul(wanted).sum());
        }
        float[] gradient = input.getGradient().toFloatArray();
        double worst = 0;
        for (int at = 0; at < gradient.length; at++) {
            int n = at / (in * pixels);
            int c = at / pixels % in;
            int y = at / side % side;
            int x = at % side;
            double expected = 0;
            for (int o = 0; o < out; o++) {
                for (int tap = 0; tap < 9; tap++) {
                    int yOut = y + 1 - tap / 3;
                    int xOut = x + 1 - tap % 3;
                    if (yOut >= 0 && yOut < side && xOut >= 0 && xOut < side) {
                        expected +=
                                (double) weight[(o * in + c) * 9 + tap]
                                        * upstream[(n * out + o) * pixels + yOut * side + xOut];
                    }
                }
            }
            worst = Math.max(worst, Math.abs(gradient[at] - expected));
        }
        assertThat(worst).isLessThan(10 * TOLERANCE);
    }

    @Test
    void groupNormIsTheFormulaOfThePaper() {
        int samples = 3;
        int channels = 6;
        int groups = 2;
        int pixels = 5 * 4;
        Layer norm = new GroupNorm(parameters, "norm", channels, groups);
        float[] scale = set("norm.scale", channels);
        float[] offset = set("norm.offset", channels);
        float[] x = values(samples * channels * pixels);
        float[] y =
                norm.forward(manager.create(x, new Shape(samples, channels, 5, 4))).toFloatArray();
        int size = channels / groups * pixels;
        for (int group = 0; group < samples * groups; group++) {
            double mean = 0;
            for (int i = 0; i < size; i++) {
                mean += x[group * size + i] / (double) size;
            }
            double variance = 0;
            for (int i = 0; i < size; i++) {
                variance += Math.pow(x[group * size + i] - mean, 2) / size;
            }
            for (int i = 0; i < size; i++) {
                int at = group * size + i;
                int channel = at / pixels % channels;
                double expected =
                        (x[at] - mean) / Math.sqrt(variance + 1e-5) * scale[channel]
                                + offset[channel];
                assertThat(y[at]).isCloseTo((float) expected, within(TOLERANCE));
            }
        }
    }

    @Test
    void groupNormOfASampleDoesNotDependOnTheOthersOfItsBatch() {
        Layer norm = new GroupNorm(parameters, "norm", 4, 2);
        float[] sample = values(4 * 9);
        float[] together = new float[3 * sample.length];
        System.arraycopy(values(sample.length), 0, together, 0, sample.length);
        System.arraycopy(sample, 0, together, sample.length, sample.length);
        float[] alone = norm.forward(manager.create(sample, new Shape(1, 4, 3, 3))).toFloatArray();
        float[] batch =
                norm.forward(manager.create(together, new Shape(3, 4, 3, 3))).toFloatArray();
        for (int i = 0; i < alone.length; i++) {
            assertThat(batch[sample.length + i]).isCloseTo(alone[i], within(1e-6f));
        }
    }

    @Test
    void groupNormNeedsChannelsThatDivideIntoItsGroups() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GroupNorm(parameters, "norm", 10, 4))
                .withMessage("10 channels in 4 groups");
    }

    @Test
    void convolutionIsTheSumOverItsWindow() {
        Layer convolution = new Convolution(parameters, "conv", 2, 3, 3, 2, true);
        float[] bias = set("conv.bias", 3);
        float[] weight = parameters.arrays().get("conv.weight").toFloatArray();
        float[] x = values(2 * 6 * 4);
        NDArray result = convolution.forward(manager.create(x, new Shape(1, 2, 6, 4)));
        assertThat(result.getShape()).isEqualTo(new Shape(1, 3, 3, 2));
        float[] y = result.toFloatArray();
        for (int at = 0; at < y.length; at++) {
            int out = at / 6;
            int row = at / 2 % 3 * 2;
            int column = at % 2 * 2;
            double expected = bias[out];
            for (int k = 0; k < 2 * 9; k++) {
                int u = row + k / 3 % 3 - 1;
                int v = column + k % 3 - 1;
                if (u >= 0 && v >= 0 && u < 6 && v < 4) {
                    expected += (double) weight[out * 18 + k] * x[k / 9 * 24 + u * 4 + v];
                }
            }
            assertThat(y[at]).isCloseTo((float) expected, within(TOLERANCE));
        }
    }

    @Test
    void convolutionKeepsTheSizeOrHalvesIt() {
        NDArray image = manager.create(values(2 * 3 * 16 * 12), new Shape(2, 3, 16, 12));
        for (int kernel : new int[] {1, 3, 5}) {
            String name = "conv" + kernel;
            assertThat(
                            new Convolution(parameters, name, 3, 8, kernel, 1, false)
                                    .forward(image)
                                    .getShape())
                    .isEqualTo(new Shape(2, 8, 16, 12));
            assertThat(
                            new Convolution(parameters, name, 3, 8, kernel, 2, false)
                                    .forward(image)
                                    .getShape())
                    .isEqualTo(new Shape(2, 8, 8, 6));
        }
        assertThat(parameters.arrays()).doesNotContainKey("conv3.bias");
    }

    @Test
    void denseIsAMatrixAndAnOffset() {
        Layer dense = new Dense(parameters, "dense", 3, 2, 1);
        float[] bias = set("dense.bias", 2);
        float[] w = parameters.arrays().get("dense.weight").toFloatArray();
        float[] x = values(3);
        float[] y = dense.forward(manager.create(x, new Shape(1, 3))).toFloatArray();
        for (int o = 0; o < 2; o++) {
            float expected = w[3 * o] * x[0] + w[3 * o + 1] * x[1] + w[3 * o + 2] * x[2] + bias[o];
            assertThat(y[o]).isCloseTo(expected, within(TOLERANCE));
        }
    }

    @Test
    void upsampleRepeatsEachPixelFourTimes() {
        NDArray image = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(1, 1, 2, 3));
        NDArray twice = new Upsample().forward(image);
        assertThat(twice.getShape()).isEqualTo(new Shape(1, 1, 4, 6));
        assertThat(twice.toFloatArray())
                .containsExactly(
                        1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 4, 4, 5, 5, 6, 6);
    }

    @Test
    void residualBlockHalvesTheImageByItsStride() {
        NDArray image = manager.create(values(2 * 8 * 6 * 6), new Shape(2, 8, 6, 6));
        assertThat(new ResidualBlock(parameters, "same", 8, 8, 1, 4).forward(image).getShape())
                .isEqualTo(new Shape(2, 8, 6, 6));
        assertThat(new ResidualBlock(parameters, "half", 8, 16, 2, 4).forward(image).getShape())
                .isEqualTo(new Shape(2, 16, 3, 3));
        assertThat(parameters.arrays())
                .containsKey("half.shortcut.weight")
                .doesNotContainKey("same.shortcut.weight");
    }

    @Test
    void residualBlockWhoseConvolutionsAreSilentLetsItsInputThrough() {
        Layer block = new ResidualBlock(parameters, "block", 4, 4, 1, 2);
        parameters.arrays().get("block.conv2.weight").set(new float[4 * 4 * 9]);
        float[] x = values(4 * 25);
        float[] y = block.forward(manager.create(x, new Shape(1, 4, 5, 5))).toFloatArray();
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(Math.max(0, x[i]), within(TOLERANCE));
        }
    }

    private float[] set(String name, int count) {
        float[] values = values(count);
        parameters.arrays().get(name).set(values);
        return values;
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-2, 3);
        }
        return values;
    }
}
