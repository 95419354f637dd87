/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.net.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuidedFilterTest {

    @Test
    void aConstantMaskStaysConstant() {
        float[] mask = new float[24 * 24];
        Arrays.fill(mask, 0.3f);
        float[] filtered = new GuidedFilter(24, 4, 1e-3f).filter(noise(24 * 24, 1), mask);
        for (float value : filtered) {
            assertThat(value).isCloseTo(0.3f, within(1e-3f));
        }
    }

    @Test
    void aBlurredOutlineSnapsToTheEdgeOfThePicture() {
        int size = 40;
        float[] guide = new float[size * size];
        float[] mask = new float[size * size];
        for (int i = 0; i < guide.length; i++) {
            int x = i % size;
            guide[i] = x < 20 ? 0.2f : 0.8f;
            mask[i] = Math.max(0, Math.min(1, 0.5f + (x - 19.5f) / 12));
        }
        float[] filtered = new GuidedFilter(size, 6, 2e-3f).filter(guide, mask);
        int row = 20 * size;
        float before = mask[row + 20] - mask[row + 19];
        float after = filtered[row + 20] - filtered[row + 19];
        assertThat(after).isGreaterThan(4 * before);
        assertThat(filtered[row + 19]).isLessThan(0.5f);
        assertThat(filtered[row + 20]).isGreaterThan(0.5f);
    }

    @Test
    void itIsTheFilterOfThePaper() {
        int size = 13;
        int radius = 3;
        float epsilon = 0.01f;
        float[] guide = noise(size * size, 2);
        float[] mask = noise(size * size, 3);
        float[] filtered = new GuidedFilter(size, radius, epsilon).filter(guide, mask);
        double[] slope = new double[size * size];
        double[] intercept = new double[size * size];
        for (int i = 0; i < slope.length; i++) {
            double g = 0;
            double m = 0;
            double gg = 0;
            double gm = 0;
            int[] window = window(i, size, radius);
            for (int k : window) {
                g += guide[k] / (double) window.length;
                m += mask[k] / (double) window.length;
                gg += (double) guide[k] * guide[k] / window.length;
                gm += (double) guide[k] * mask[k] / window.length;
            }
            slope[i] = (gm - g * m) / (gg - g * g + epsilon);
            intercept[i] = m - slope[i] * g;
        }
        for (int i = 0; i < slope.length; i++) {
            int[] window = window(i, size, radius);
            double a = Arrays.stream(window).mapToDouble(k -> slope[k]).average().orElseThrow();
            double b = Arrays.stream(window).mapToDouble(k -> intercept[k]).average().orElseThrow();
            double expected = Math.max(0, Math.min(1, a * guide[i] + b));
            assertThat(filtered[i]).isCloseTo((float) expected, within(1e-4f));
        }
    }

    /** Pixels of the picture no further than the radius from pixel {@code i} along both axes. */
    private static int[] window(int i, int size, int radius) {
        return java.util.stream.IntStream.range(0, size * size)
                .filter(
                        k ->
                                Math.abs(k % size - i % size) <= radius
                                        && Math.abs(k / size - i / size) <= radius)
                .toArray();
    }

    private static float[] noise(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }
}
