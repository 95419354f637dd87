/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inverso.api.category.TemplateMesh;
import org.junit.jupiter.api.Test;

class AtlasLayoutTest {

    private final AtlasLayout atlas = new AtlasLayout(twoTriangles(), 16);

    @Test
    void barycentricsGiveTheTexelsCentreBack() {
        TemplateMesh mesh = twoTriangles();
        for (int t : atlas.texels()) {
            int f = atlas.face()[t];
            float wb = atlas.barycentric()[2 * t];
            float wc = atlas.barycentric()[2 * t + 1];
            for (int axis = 0; axis < 2; axis++) {
                float at =
                        (1 - wb - wc) * mesh.uvs()[2 * mesh.faces()[3 * f] + axis]
                                + wb * mesh.uvs()[2 * mesh.faces()[3 * f + 1] + axis]
                                + wc * mesh.uvs()[2 * mesh.faces()[3 * f + 2] + axis];
                int texel = axis == 0 ? t % 16 : t / 16;
                assertThat(at).isCloseTo((texel + 0.5f) / 16, within());
            }
        }
    }

    @Test
    void aSquareOfTwoTrianglesCoversEachOfItsTexelsOnce() {
        // The square reaches from 0.25 to 0.75, 8 by 8 texels.
        assertThat(atlas.texels()).hasSize(64).doesNotHaveDuplicates();
        assertThat(atlas.faceStart()[2]).isEqualTo(64);
        for (int f = 0; f < 2; f++) {
            for (int i = atlas.faceStart()[f]; i < atlas.faceStart()[f + 1]; i++) {
                assertThat(atlas.face()[atlas.texels()[i]]).isEqualTo(f);
            }
        }
    }

    @Test
    void everyTexelTakesTheNearestCoveredOne() {
        int[] covered = atlas.texels();
        for (int t = 0; t < 256; t++) {
            int nearest = Integer.MAX_VALUE;
            for (int c : covered) {
                nearest = Math.min(nearest, squaredDistance(t, c));
            }
            assertThat(squaredDistance(t, atlas.source()[t])).isEqualTo(nearest);
        }
    }

    private static int squaredDistance(int a, int b) {
        int dx = a % 16 - b % 16;
        int dy = a / 16 - b / 16;
        return dx * dx + dy * dy;
    }

    private static org.assertj.core.data.Offset<Float> within() {
        return org.assertj.core.data.Offset.offset(1e-5f);
    }

    private static TemplateMesh twoTriangles() {
        return new TemplateMesh(
                new float[] {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0},
                new float[] {0.25f, 0.75f, 0.75f, 0.75f, 0.75f, 0.25f, 0.25f, 0.25f},
                new int[] {0, 1, 2, 0, 2, 3},
                new int[2],
                new int[2],
                List.of(),
                List.of(),
                List.of(),
                new float[0],
                new int[0]);
    }
}
