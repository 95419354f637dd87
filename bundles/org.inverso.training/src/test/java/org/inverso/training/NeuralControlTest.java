/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.training.RendererBatch.Mixture;
import org.junit.jupiter.api.Test;

class NeuralControlTest {

    private final List<RendererExample> contents = contents();

    @Test
    void aRendererThatDrawsWhatItIsAskedForLeaksNothing() {
        NeuralControl control = measured(NeuralControlTest::drawn);
        assertThat(control.azimuthErrorDeg()).isCloseTo(0, within(1e-3));
        assertThat(control.swapLeak()).isCloseTo(0, within(1e-6));
        assertThat(control.found()).isEqualTo(1);
    }

    @Test
    void theAzimuthsErrorIsMeasuredAroundTheCircle() {
        NeuralControl control =
                measured(
                        m -> example(m.azimuthDeg() + 352, m.shape(), m.texture(), m.background()));
        assertThat(control.azimuthErrorDeg()).isCloseTo(8, within(1e-3));
    }

    @Test
    void aShapeThatFollowsTheTextureLeaks() {
        NeuralControl control =
                measured(m -> example(m.azimuthDeg(), m.texture(), m.texture(), m.background()));
        // The texture moves the shape all the way, one of twelve pairs; the shape moves nothing.
        assertThat(control.swapLeak()).isCloseTo(1 / 12.0, within(1e-3));
    }

    @Test
    void whatMovesEverythingLeaksEverywhere() {
        NeuralControl control =
                measured(
                        m -> {
                            float all = sum(m);
                            return new RendererExample(
                                    new float[0],
                                    new float[0],
                                    new float[0],
                                    new float[0],
                                    true,
                                    all,
                                    1,
                                    new float[0],
                                    new float[] {all},
                                    new float[0],
                                    new float[] {all},
                                    new float[] {all});
                        });
        assertThat(control.swapLeak()).isCloseTo(1, within(1e-3));
    }

    @Test
    void picturesWithoutAnObjectDoNotCount() {
        NeuralControl control =
                measured(
                        m ->
                                new RendererExample(
                                        new float[0],
                                        new float[0],
                                        new float[0],
                                        new float[0],
                                        false,
                                        0,
                                        1,
                                        new float[0],
                                        m.shape().shape(),
                                        new float[0],
                                        m.texture().texture(),
                                        m.background().background()));
        assertThat(control.found()).isZero();
        assertThat(control.azimuthErrorDeg()).isEqualTo(180);
    }

    private interface Drawing {
        RendererExample of(Mixture object);
    }

    private NeuralControl measured(Drawing drawing) {
        return NeuralControl.of(
                objects -> objects.stream().map(drawing::of).toList(), contents, 1, Progress.NONE);
    }

    private static RendererExample drawn(Mixture m) {
        return example(m.azimuthDeg(), m.shape(), m.texture(), m.background());
    }

    private static float sum(Mixture m) {
        return (float) Math.sin(Math.toRadians(m.azimuthDeg()))
                + m.shape().shape()[0]
                + m.texture().texture()[0]
                + m.background().background()[0];
    }

    private static RendererExample example(
            double azimuthDeg,
            RendererExample shape,
            RendererExample texture,
            RendererExample background) {
        return new RendererExample(
                new float[0],
                new float[0],
                new float[0],
                new float[0],
                true,
                (float) azimuthDeg,
                1,
                new float[0],
                shape.shape(),
                new float[0],
                texture.texture(),
                background.background());
    }

    private static List<RendererExample> contents() {
        SplittableRandom random = new SplittableRandom(3);
        List<RendererExample> contents = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            contents.add(
                    new RendererExample(
                            new float[0],
                            new float[0],
                            new float[0],
                            new float[0],
                            true,
                            random.nextInt(360),
                            1,
                            new float[0],
                            new float[] {random.nextInt(100)},
                            new float[0],
                            new float[] {random.nextInt(100)},
                            new float[] {random.nextInt(100)}));
        }
        return contents;
    }
}
