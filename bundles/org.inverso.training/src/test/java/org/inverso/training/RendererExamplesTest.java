/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.renderer.stylegan.BackgroundGrid;
import org.inverso.renderer.stylegan.TextureBands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendererExamplesTest {

    private static final RendererExample.Sizes SIZES = new RendererExample.Sizes(5, 16, 3, 2);

    @TempDir Path folder;

    @Test
    void whatWasWrittenIsThereAgain() {
        Path file = folder.resolve("deep").resolve("a.examples");
        RendererExample one = example(1);
        RendererExample two = example(2);
        new RendererExamples(file, SIZES).add(List.of(one, two));
        RendererExamples read = new RendererExamples(file, SIZES);
        assertThat(read.size()).isEqualTo(2);
        RendererExample again = read.get(1);
        assertThat(again.cameraW()).containsExactly(two.cameraW());
        assertThat(again.contentW()).containsExactly(two.contentW());
        assertThat(again.found()).isTrue();
        assertThat(read.get(0).found()).isFalse();
        assertThat(again.azimuthDeg()).isEqualTo(two.azimuthDeg());
        assertThat(again.camera()).containsExactly(two.camera());
        assertThat(again.shape()).containsExactly(two.shape());
        assertThat(again.pose()).containsExactly(two.pose());
        assertThat(again.picture()).containsExactly(two.picture(), within(0.005f));
        assertThat(again.matte()).containsExactly(two.matte(), within(0.005f));
        assertThat(again.background()).containsExactly(two.background(), within(0.005f));
        assertThat(again.texture()).containsExactly(two.texture(), within(0.01f));
    }

    @Test
    void anExampleThatWasBrokenOffIsMadeAgain() throws IOException {
        Path file = folder.resolve("a.examples");
        new RendererExamples(file, SIZES).add(List.of(example(1), example(2)));
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - 7));
        RendererExamples read = new RendererExamples(file, SIZES);
        assertThat(read.size()).isEqualTo(1);
        read.add(List.of(example(3)));
        RendererExamples again = new RendererExamples(file, SIZES);
        assertThat(again.size()).isEqualTo(2);
        assertThat(again.get(1).shape()).containsExactly(example(3).shape());
    }

    private static RendererExample example(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] picture = values(random, 3 * 16 * 16, -1);
        float[] matte = values(random, 16 * 16, 0);
        return new RendererExample(
                values(random, 5, -1),
                values(random, 5, -1),
                picture,
                matte,
                seed % 2 == 0,
                seed * 10,
                0.5f,
                values(random, SceneNetwork.CAMERA, -1),
                values(random, 3, -1),
                values(random, 2, -1),
                TextureBands.of(picture, matte, 16),
                values(random, BackgroundGrid.SIZE, -1));
    }

    private static float[] values(SplittableRandom random, int size, double from) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(from, 1);
        }
        return values;
    }
}
