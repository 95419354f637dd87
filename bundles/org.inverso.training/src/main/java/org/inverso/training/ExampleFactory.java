/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.renderer.stylegan.BackgroundGrid;
import org.inverso.renderer.stylegan.TextureBands;
import org.inverso.training.SupervisedProbe.Reading;

/**
 * Makes examples for the neural renderer. In half of them the layers that carry the camera have
 * another object's style than those that carry the content, so that one says nothing of the other.
 */
final class ExampleFactory {

    private static final int BATCH = 32;

    /** Truncation of the examples. */
    static final double PSI = 0.8;

    private final StyleStudio studio;
    private final SupervisedProbe probe;
    private final int cameraLayers;
    private final long seed;

    /**
     * @param cameraLayers first layers that carry the camera
     */
    ExampleFactory(StyleStudio studio, SupervisedProbe probe, int cameraLayers, long seed) {
        this.studio = studio;
        this.probe = probe;
        this.cameraLayers = cameraLayers;
        this.seed = seed;
    }

    /** Adds examples until there are so many; those that are there already are not made again. */
    void fill(RendererExamples examples, int count, Progress progress) {
        while (examples.size() < count) {
            progress.checkCancelled();
            progress.report(
                    examples.size() / (double) count,
                    "example " + (examples.size() + 1) + " of " + count);
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + examples.size());
            examples.add(make(Math.min(BATCH, count - examples.size()), random));
        }
    }

    private List<RendererExample> make(int count, SplittableRandom random) {
        float[][] camera = studio.draw(count, PSI, random);
        float[][] content = studio.draw(count, PSI, random);
        for (int n = 0; n < count; n += 2) {
            content[n] = camera[n];
        }
        float[] pictures =
                studio.pictures(count, (n, l) -> l < cameraLayers ? camera[n] : content[n]);
        return examples(probe, pictures, studio.resolution(), camera, content);
    }

    /**
     * What is seen in pictures whose styles do not matter.
     *
     * @param pictures {@code float[N, 3, side, side]}, -1 to 1
     */
    static List<RendererExample> seen(SupervisedProbe probe, float[] pictures, int side) {
        float[][] none = new float[pictures.length / (3 * side * side)][0];
        return examples(probe, pictures, side, none, none);
    }

    private static List<RendererExample> examples(
            SupervisedProbe probe,
            float[] pictures,
            int side,
            float[][] cameraW,
            float[][] contentW) {
        int size = 3 * side * side;
        List<Reading> readings = probe.read(pictures, side);
        List<RendererExample> made = new ArrayList<>();
        for (int n = 0; n < readings.size(); n++) {
            float[] picture = Arrays.copyOfRange(pictures, n * size, (n + 1) * size);
            made.add(example(cameraW[n], contentW[n], picture, side, readings.get(n)));
        }
        return made;
    }

    private static RendererExample example(
            float[] cameraW, float[] contentW, float[] picture, int side, Reading reading) {
        float[] matte = new float[side * side];
        float step = SupervisedProbe.SIZE / (float) side;
        for (int i = 0; i < matte.length; i++) {
            matte[i] =
                    SegmentedCrops.bilinear(
                            reading.matte(),
                            0,
                            SupervisedProbe.SIZE,
                            (i % side + 0.5f) * step - 0.5f,
                            (i / side + 0.5f) * step - 0.5f);
        }
        return new RendererExample(
                cameraW,
                contentW,
                picture,
                matte,
                reading.seen().found(),
                (float) reading.seen().azimuthDeg(),
                (float) reading.seen().sure(),
                reading.camera(),
                reading.seen().shape(),
                reading.pose(),
                TextureBands.of(picture, matte, side),
                BackgroundGrid.of(picture, matte, side, side));
    }
}
