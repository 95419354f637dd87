/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

/** A green disc before a red background. */
class PhotoPyramidTest {

    private static final int SIZE = 400;
    private static final float RADIUS = 150;
    private static final int GREEN = 188;

    private final PhotoPyramid fine = pyramid(1024);
    private final PhotoPyramid reduced = pyramid(64);

    @Test
    void noSampleOnAnyLevelHoldsBackground() {
        float[] sample = new float[4];
        for (PhotoPyramid pyramid : new PhotoPyramid[] {fine, reduced}) {
            for (float level = 0; level < 6; level += 0.5f) {
                float most = 0;
                for (float y = -20; y < SIZE + 20; y += 7.3f) {
                    for (float x = -20; x < SIZE + 20; x += 7.3f) {
                        pyramid.sample(x, y, level, sample);
                        most = Math.max(most, sample[0]);
                    }
                }
                assertThat(most).as("level " + level).isZero();
            }
        }
    }

    @Test
    void insideIsTheLinearColourAndOutsideHasNoWeight() {
        float[] sample = new float[4];
        fine.sample(SIZE / 2f, SIZE / 2f, 1.5f, sample);
        assertThat(sample[3]).isCloseTo(1, within(1e-5f));
        assertThat(sample[1]).isCloseTo(SrgbCurve.linear(GREEN), within(1e-5f));
        fine.sample(20, 20, 0, sample);
        assertThat(sample).containsOnly(0);
    }

    @Test
    void theLevelGrowsByOneForFourTimesTheArea() {
        assertThat(fine.levelOf(1)).isZero();
        assertThat(fine.levelOf(4)).isCloseTo(1, within(1e-5f));
        assertThat(fine.levelOf(64)).isCloseTo(3, within(1e-5f));
        assertThat(reduced.levelOf(64)).isLessThan(fine.levelOf(64));
    }

    private static PhotoPyramid pyramid(int textureSize) {
        byte[] rgba = new byte[4 * SIZE * SIZE];
        float[] alpha = new float[SIZE * SIZE];
        Arrays.fill(rgba, (byte) 255);
        for (int i = 0; i < alpha.length; i++) {
            double x = i % SIZE + 0.5 - SIZE / 2;
            double y = i / SIZE + 0.5 - SIZE / 2;
            boolean inside = Math.hypot(x, y) < RADIUS;
            alpha[i] = inside ? 1 : 0;
            rgba[4 * i] = (byte) (inside ? 0 : 255);
            rgba[4 * i + 1] = (byte) (inside ? GREEN : 0);
            rgba[4 * i + 2] = 0;
        }
        return new PhotoPyramid(
                new Photo("disc", "", new Image(SIZE, SIZE, rgba), false, Optional.empty()),
                new Matte(new Plane(SIZE, SIZE, alpha), "test"),
                new CropRegion(-10, -10, SIZE + 20),
                textureSize);
    }
}
