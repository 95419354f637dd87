/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JvmRasterizerTest extends RasterizerContract {
    private final JvmRasterizer rasterizer = new JvmRasterizer(2);

    @AfterEach
    void close() {
        rasterizer.close();
    }

    @Override
    protected DifferentiableRasterizer rasterizer() {
        return rasterizer;
    }

    @Override
    protected double gradientTolerance() {
        return 2e-3;
    }

    @Test
    void threadsDoNotMatter() {
        Random random = new Random(41);
        Scenes.Mesh mesh = twoSpheres();
        RasterSettings settings = fullSettings();
        RasterScene scene = fullScene(mesh, settings, random);
        int[] one = null;
        RasterUpstream upstream = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (JvmRasterizer some = new JvmRasterizer(threads);
                    RasterSession session = some.open(mesh.faces(), mesh.vertexCount(), settings)) {
                if (upstream == null) {
                    upstream = upstream(session.forward(scene), random);
                }
                int[] bits = bits(session.forward(scene), session.backward(upstream));
                if (one == null) {
                    one = bits;
                }
                assertThat(bits).as("%d threads", threads).isEqualTo(one);
            }
        }
    }

    @Test
    void sessionsGoOnWhenTheRasterizerIsClosed() {
        Scenes.Mesh mesh = twoSpheres();
        RasterSettings settings = RasterSettings.of(32).withBatch(2);
        RasterScene scene = view(mesh, new Random(42));
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            int[] before = session.forward(scene).faceIndex.clone();
            rasterizer.close();
            assertThat(session.forward(scene).faceIndex).isEqualTo(before);
        }
    }
}
