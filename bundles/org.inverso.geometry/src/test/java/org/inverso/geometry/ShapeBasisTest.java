/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ShapeBasisTest {

    private static final int TARGETS = 5;

    /** More than two blocks, and no multiple of anything. */
    private static final int N = 7001;

    private final Random random = new Random(1);
    private final float[] dense = scattered();
    private final ShapeBasis basis = new ShapeBasis(dense, TARGETS);

    /** Runs of all lengths, gaps of all lengths, and a target of zeros. */
    private float[] scattered() {
        float[] numbers = new float[TARGETS * N];
        int i = 0;
        while (i < numbers.length) {
            int end = Math.min(numbers.length, i + 1 + random.nextInt(300));
            for (; i < end; i++) {
                numbers[i] = i / N == 2 ? 0 : (float) random.nextGaussian();
            }
            i += random.nextInt(200);
        }
        return numbers;
    }

    private float[] gaussian(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @Test
    void movesVerticesAsAllNumbersWould() {
        float[] shape = gaussian(TARGETS);
        float[] vertices = gaussian(N);
        float[] expected = vertices.clone();
        for (int i = 0; i < dense.length; i++) {
            expected[i % N] += shape[i / N] * dense[i];
        }

        basis.addTo(shape, vertices);

        assertThat(vertices).isEqualTo(expected);
    }

    @Test
    void projectsGradientsAsAllNumbersWould() {
        float[] gradient = gaussian(N);
        double[] expected = new double[TARGETS];
        for (int i = 0; i < dense.length; i++) {
            expected[i / N] += (double) dense[i] * gradient[i % N];
        }

        float[] projected = basis.dot(gradient);

        for (int k = 0; k < TARGETS; k++) {
            assertThat((double) projected[k]).isCloseTo(expected[k], Offset.offset(1e-3));
        }
    }

    @Test
    void aTemplateWithoutTargetsStays() {
        ShapeBasis none = new ShapeBasis(new float[0], 0);
        float[] vertices = {1, 2, 3};

        none.addTo(new float[0], vertices);

        assertThat(vertices).containsExactly(1, 2, 3);
        assertThat(none.dot(new float[3])).isEmpty();
    }
}
