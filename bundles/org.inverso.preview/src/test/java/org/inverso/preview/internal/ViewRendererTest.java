/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.AssetMesh;
import org.inverso.rasterizer.JvmRasterizer;
import org.junit.jupiter.api.Test;

class ViewRendererTest {

    /** A pane before a wall that is half as high, both 2 m wide. */
    private static final AssetMesh PANE_AND_WALL =
            new AssetMesh(
                    new float[] {
                        -1, 0, 0, 1, 0, 0, 1, 2, 0, -1, 2, 0, -1, 0, -1, 1, 0, -1, 1, 1, -1, -1, 1,
                        -1
                    },
                    new float[] {
                        0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1
                    },
                    new float[16],
                    new int[] {0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7},
                    new int[] {0, 0, 1, 1});

    private static Layer render(float opacity) {
        Surface surface =
                Surface.of(
                        PANE_AND_WALL,
                        List.of(
                                material("glass", 0.1f, 0.1f, 0.1f, opacity),
                                material("wall", 0.8f, 0.05f, 0.05f, 1)));
        try (JvmRasterizer rasterizer = new JvmRasterizer(1)) {
            Viewpoint viewpoint = Viewpoint.around(PANE_AND_WALL, 0, 1, 0)[0];
            return new ViewRenderer(rasterizer, 2).render(surface, viewpoint, 40, 40, 1);
        }
    }

    private static Asset.Material material(String name, float r, float g, float b, float a) {
        return new Asset.Material(
                name, new float[] {r, g, b, a}, -1, 0, 1, new float[3], 1, 0, 0, false);
    }

    @Test
    void whatIsBehindGlassShowsThrough() {
        Layer opaque = render(1);
        Layer glass = render(0.25f);

        int low = 4 * (24 * 40 + 20);
        int high = 4 * (12 * 40 + 20);
        assertThat(opaque.coverage(20, 24)).isEqualTo(1);
        assertThat(opaque.rgba()[low]).as("grey").isCloseTo(opaque.rgba()[low + 1], within(1e-3f));
        assertThat(glass.coverage(20, 24)).as("the wall fills it").isCloseTo(1, within(1e-4f));
        assertThat(glass.rgba()[low]).isGreaterThan(4 * glass.rgba()[low + 1]);
        assertThat(glass.coverage(20, 12)).as("nothing behind").isCloseTo(0.25f, within(1e-4f));
        assertThat(glass.rgba()[high]).isCloseTo(glass.rgba()[high + 1], within(1e-3f));
    }
}
