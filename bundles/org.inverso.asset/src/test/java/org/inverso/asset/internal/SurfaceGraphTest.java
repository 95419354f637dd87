/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.inverso.api.category.Material;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.WeldedTopology;
import org.junit.jupiter.api.Test;

class SurfaceGraphTest {

    private static final int STEPS = 20;

    @Test
    void whatIsKnownAtOneEndFadesIntoTheTargetAlongTheSurface() {
        TemplateMesh strip = strip(STEPS);
        SurfaceGraph graph = graph(strip);
        float[] values = new float[3 * graph.nodeCount()];
        float[] confidence = new float[graph.nodeCount()];
        int first = graph.cornerNode()[0];
        values[3 * first] = 1;
        confidence[first] = 1;
        float[] target = {0, 0.25f, 0, 0, 0, 0};
        graph.spread(values, confidence, target, 0.3f);
        float previous = Float.POSITIVE_INFINITY;
        for (int i = 0; i < STEPS; i++) {
            float value = values[3 * graph.cornerNode()[6 * i]];
            assertThat(value).isLessThan(previous).isPositive();
            previous = value;
        }
        assertThat(values[3 * first]).isGreaterThan(0.6f);
        assertThat(previous).isLessThan(0.01f);
        // Channels are apart: this one starts from 0 and ends at its own target.
        assertThat(values[3 * graph.cornerNode()[6 * (STEPS - 1)] + 1])
                .isCloseTo(0.25f, within(0.01f));
    }

    @Test
    void nothingCrossesFromOneMaterialToTheOther() {
        TemplateMesh strip = strip(STEPS / 2);
        SurfaceGraph graph = graph(strip);
        float[] values = new float[3 * graph.nodeCount()];
        float[] confidence = new float[graph.nodeCount()];
        int first = graph.cornerNode()[0];
        values[3 * first] = 1;
        confidence[first] = 1;
        graph.spread(values, confidence, new float[6], 100);
        assertThat(values[3 * graph.cornerNode()[3 * STEPS - 6]]).isGreaterThan(0.2f);
        for (int corner = 3 * STEPS; corner < 6 * STEPS; corner++) {
            assertThat(values[3 * graph.cornerNode()[corner]]).isZero();
        }
    }

    private static SurfaceGraph graph(TemplateMesh mesh) {
        return new SurfaceGraph(mesh, WeldedTopology.of(mesh));
    }

    /** Squares of 0.1 m in a row; from {@code change} on of the second material. */
    private static TemplateMesh strip(int change) {
        float[] positions = new float[6 * (STEPS + 1)];
        int[] faces = new int[6 * STEPS];
        int[] material = new int[2 * STEPS];
        for (int i = 0; i <= STEPS; i++) {
            positions[6 * i] = 0.1f * i;
            positions[6 * i + 3] = 0.1f * i;
            positions[6 * i + 4] = 0.1f;
        }
        for (int i = 0; i < STEPS; i++) {
            int[] square = {2 * i, 2 * i + 2, 2 * i + 1, 2 * i + 1, 2 * i + 2, 2 * i + 3};
            System.arraycopy(square, 0, faces, 6 * i, 6);
            material[2 * i] = i < change ? 0 : 1;
            material[2 * i + 1] = material[2 * i];
        }
        Material any =
                new Material("any", "paint", new float[] {1, 1, 1, 1}, 0, 1, new float[3], 0, 0);
        return new TemplateMesh(
                positions,
                new float[4 * (STEPS + 1)],
                faces,
                new int[2 * STEPS],
                material,
                List.of(),
                List.of(any, any),
                List.of(),
                new float[0],
                new int[0]);
    }
}
