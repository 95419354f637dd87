/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names and shapes as the two implementations write them, with made-up numbers. */
class PublicLayoutTest {

    private static final GeneratorShape SHAPE = new GeneratorShape(8, 8, 2, List.of(6, 5, 4));

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final SplittableRandom random = new SplittableRandom(1);
    private final NDList foreign = new NDList();
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
    void theOfficialLayoutIsRead() {
        official();
        Parameters read = converted();
        assertThat(GeneratorShape.of(read)).isEqualTo(SHAPE);
        assertSame(read, "synthesis.4.const", "synthesis.b4.const");
        assertSame(read, "synthesis.16.conv0.weight", "synthesis.b16.conv0.weight");
        assertSame(read, "synthesis.8.conv1.affine.bias", "synthesis.b8.conv1.affine.bias");
        assertSame(read, "synthesis.8.rgb.bias", "synthesis.b8.torgb.bias");
        assertSame(read, "synthesis.4.conv1.noise", "synthesis.b4.conv1.noise_strength");
        assertSame(read, "mapping.1.weight", "mapping.fc1.weight");
        assertSame(read, StyleGenerator.W_MEAN, "mapping.w_avg");
    }

    @Test
    void rosinalitysLayoutIsReadAndItsMeanMeasured() {
        rosinality();
        Parameters read = converted();
        assertThat(GeneratorShape.of(read)).isEqualTo(SHAPE);
        assertSame(read, "synthesis.4.const", "g_ema.input.input");
        assertSame(read, "synthesis.4.conv1.weight", "g_ema.conv1.conv.weight");
        assertSame(read, "synthesis.8.conv0.weight", "g_ema.convs.0.conv.weight");
        assertSame(read, "synthesis.16.conv1.bias", "g_ema.convs.3.activate.bias");
        assertSame(read, "synthesis.16.conv0.noise", "g_ema.convs.2.noise.weight");
        assertSame(read, "synthesis.16.rgb.weight", "g_ema.to_rgbs.1.conv.weight");
        assertSame(read, "synthesis.4.rgb.affine.weight", "g_ema.to_rgb1.conv.modulation.weight");
        assertSame(read, "mapping.0.weight", "g_ema.style.1.weight");
        assertThat(read.arrays().get(StyleGenerator.W_MEAN).toFloatArray())
                .isNotEqualTo(new float[8]);
    }

    @Test
    void anUnknownNameIsAnError() {
        official();
        add("encoder.weight", 3);
        assertThatIllegalArgumentException()
                .isThrownBy(this::converted)
                .withMessageContaining("encoder.weight");
        foreign.remove(foreign.size() - 1);
        add("synthesis.b4.conv1.attention", 3);
        assertThatIllegalArgumentException()
                .isThrownBy(this::converted)
                .withMessageContaining("attention");
    }

    @Test
    void aMissingParameterIsAnErrorThatNamesIt() {
        official();
        foreign.removeIf(array -> array.getName().equals("synthesis.b8.conv0.bias"));
        assertThatIllegalArgumentException()
                .isThrownBy(this::converted)
                .withMessage("parameter synthesis.8.conv0.bias is missing");
    }

    @Test
    void ourOwnWeightsAreNotForeign() {
        Parameters own = Parameters.random(manager, 1);
        new StyleGenerator(own, SHAPE);
        assertThat(PublicLayout.isForeign(own.arrays().keySet())).isFalse();
        official();
        assertThat(PublicLayout.isForeign(foreign.stream().map(NDArray::getName).toList()))
                .isTrue();
    }

    private void official() {
        for (int i = 0; i < 2; i++) {
            add("mapping.fc" + i + ".weight", 8, 8);
            add("mapping.fc" + i + ".bias", 8);
        }
        add("mapping.w_avg", 8);
        add("synthesis.b4.const", 6, 4, 4);
        int in = 6;
        for (int block = 0; block < 3; block++) {
            int out = SHAPE.channels().get(block);
            String b = "synthesis.b" + (4 << block) + ".";
            add(b + "resample_filter", 4, 4);
            for (int conv = block == 0 ? 1 : 0; conv < 2; conv++) {
                String c = b + "conv" + conv + ".";
                int from = conv == 0 ? in : out;
                add(c + "weight", out, from, 3, 3);
                add(c + "noise_strength");
                add(c + "bias", out);
                add(c + "resample_filter", 4, 4);
                add(c + "noise_const", 4 << block, 4 << block);
                add(c + "affine.weight", from, 8);
                add(c + "affine.bias", from);
            }
            add(b + "torgb.weight", 3, out, 1, 1);
            add(b + "torgb.bias", 3);
            add(b + "torgb.affine.weight", out, 8);
            add(b + "torgb.affine.bias", out);
            in = out;
        }
    }

    private void rosinality() {
        for (int i = 1; i <= 2; i++) {
            add("g_ema.style." + i + ".weight", 8, 8);
            add("g_ema.style." + i + ".bias", 8);
        }
        add("g_ema.input.input", 1, 6, 4, 4);
        styled("g_ema.conv1.", 6, 6);
        color("g_ema.to_rgb1.", 6);
        for (int block = 1; block < 3; block++) {
            int in = SHAPE.channels().get(block - 1);
            int out = SHAPE.channels().get(block);
            styled("g_ema.convs." + 2 * (block - 1) + ".", in, out);
            add("g_ema.convs." + 2 * (block - 1) + ".conv.blur.kernel", 4, 4);
            styled("g_ema.convs." + (2 * block - 1) + ".", out, out);
            color("g_ema.to_rgbs." + (block - 1) + ".", out);
            add("g_ema.to_rgbs." + (block - 1) + ".upsample.kernel", 4, 4);
        }
        add("g_ema.noises.noise_0", 1, 1, 4, 4);
    }

    private void styled(String name, int in, int out) {
        add(name + "conv.weight", 1, out, in, 3, 3);
        add(name + "conv.modulation.weight", in, 8);
        add(name + "conv.modulation.bias", in);
        add(name + "noise.weight", 1);
        add(name + "activate.bias", out);
    }

    private void color(String name, int in) {
        add(name + "bias", 1, 3, 1, 1);
        add(name + "conv.weight", 1, 3, in, 1, 1);
        add(name + "conv.modulation.weight", in, 8);
        add(name + "conv.modulation.bias", in);
    }

    private void add(String name, long... shape) {
        NDArray array = LayerNoise.normal(manager, random, shape);
        array.setName(name);
        foreign.add(array);
    }

    private Parameters converted() {
        byte[] safetensors = foreign.encode(NDList.Encoding.SAFETENSORS);
        return Parameters.read(manager, PublicLayout.convert(manager, safetensors));
    }

    private void assertSame(Parameters read, String own, String name) {
        NDArray theirs =
                foreign.stream().filter(a -> a.getName().equals(name)).findFirst().orElseThrow();
        assertThat(read.arrays().get(own).toFloatArray()).containsExactly(theirs.toFloatArray());
    }
}
