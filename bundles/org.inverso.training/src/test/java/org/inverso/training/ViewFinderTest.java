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
import org.inverso.training.CameraProbe.Seen;
import org.inverso.training.ViewFinder.View;
import org.junit.jupiter.api.Test;

/**
 * On a generator that is known: w has an angle, an offset, a shape. The angle of layer 1 turns the
 * camera, that of layer 0 a third as far; the offset of layer 6 disturbs it; layer 4 has the shape.
 */
class ViewFinderTest {

    private static final int LAYERS = 8;
    private static final double DISTURBED = 3;

    private final StyleStudio studio = new KnownStudio();

    @Test
    void theLayersOfTheCameraAreFound() {
        LayerMeasurement measured =
                LayerMeasurement.of(studio, ViewFinderTest::look, 1, Progress.NONE);
        assertThat(measured.cameraLayers()).isEqualTo(2);
        assertThat(measured.layers().get(1).aloneDeg()).isGreaterThan(60);
        assertThat(measured.layers().get(3).aloneDeg()).isCloseTo(0, within(1e-3));
        assertThat(measured.layers().get(1).leftDeg()).isLessThan(2 * DISTURBED);
        assertThat(measured.layers().get(4).shapeAlone()).isCloseTo(1, within(1e-3));
        assertThat(measured.layers().get(1).shapeAlone()).isCloseTo(0, within(1e-3));
    }

    @Test
    void eachBinGetsItsViewCodes() {
        List<View> views = new ViewFinder(studio, ViewFinderTest::look, 2, 3).find(Progress.NONE);
        assertThat(views).hasSize(ViewFinder.CHOSEN * Azimuths.BINS);
        int[] bins = new int[Azimuths.BINS];
        double last = -181;
        for (View view : views) {
            double made = view.w()[0] * 4 / 3;
            assertThat(Azimuths.distance(view.azimuthDeg(), made)).isLessThan(DISTURBED);
            assertThat(view.deviationDeg()).isLessThan(2 * DISTURBED);
            assertThat(view.azimuthDeg()).isGreaterThan(last);
            last = view.azimuthDeg();
            bins[Azimuths.bin(view.azimuthDeg())]++;
        }
        assertThat(bins).containsOnly(ViewFinder.CHOSEN);
    }

    @Test
    void ofOneLayerTooFewTheCameraIsTheContents() {
        List<View> views = new ViewFinder(studio, ViewFinderTest::look, 1, 3).find(Progress.NONE);
        assertThat(views).isNotEmpty().allMatch(view -> view.deviationDeg() > 40);
    }

    @Test
    void theControlOfTheFoundViewsIsMeasured() {
        float[][][] codes =
                new ViewFinder(studio, ViewFinderTest::look, 2, 3)
                        .find(Progress.NONE).stream()
                                .map(view -> new float[][] {view.w(), view.w()})
                                .toArray(float[][][]::new);
        ViewControl control = ViewControl.of(studio, ViewFinderTest::look, codes, 5, Progress.NONE);
        assertThat(control.azimuthStdDeg()).isBetween(DISTURBED / 2, 1.5 * DISTURBED);
        assertThat(control.binsCovered()).isGreaterThanOrEqualTo(11);
        assertThat(control.shapeVarianceRatio()).isCloseTo(0, within(1e-6));
    }

    /** Reads what {@link KnownStudio} has written. */
    private static List<Seen> look(float[] pictures, int side) {
        List<Seen> seen = new ArrayList<>();
        for (int n = 0; n < pictures.length; n += 3 * side * side) {
            double azimuth = Math.IEEEremainder(pictures[n], 360);
            seen.add(new Seen(true, azimuth, 10, 0.9, new float[] {pictures[n + 1]}));
        }
        return seen;
    }

    private static final class KnownStudio implements StyleStudio {

        @Override
        public int layers() {
            return LAYERS;
        }

        @Override
        public int resolution() {
            return 1;
        }

        @Override
        public float[][] draw(int count, double truncationPsi, SplittableRandom random) {
            float[][] w = new float[count][];
            for (int n = 0; n < count; n++) {
                w[n] =
                        new float[] {
                            (float) random.nextDouble(-180, 180),
                            (float) (DISTURBED * random.nextGaussian()),
                            (float) random.nextGaussian()
                        };
            }
            return w;
        }

        @Override
        public float[] pictures(int count, Choice choice) {
            float[] pictures = new float[3 * count];
            for (int n = 0; n < count; n++) {
                pictures[3 * n] = choice.w(n, 0)[0] / 3 + choice.w(n, 1)[0] + choice.w(n, 6)[1];
                pictures[3 * n + 1] = choice.w(n, 4)[2];
            }
            return pictures;
        }
    }
}
