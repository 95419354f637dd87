/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core;

import java.util.Arrays;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterGradients;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;
import org.joml.Matrix4f;
import org.joml.Vector4f;

/** Tests every pixel's centre against every face; tells only the last face that covers it. */
final class NaiveRasterizer implements DifferentiableRasterizer {

    private final Runnable onForward;

    NaiveRasterizer(Runnable onForward) {
        this.onForward = onForward;
    }

    @Override
    public String id() {
        return "naive";
    }

    @Override
    public RasterSession open(int[] faces, int vertexCount, RasterSettings settings) {
        return new RasterSession() {
            @Override
            public RasterImages forward(RasterScene scene) {
                onForward.run();
                return render(scene, faces, vertexCount, settings);
            }

            @Override
            public RasterGradients backward(RasterUpstream upstream) {
                throw new UnsupportedOperationException("forward only");
            }

            @Override
            public void close() {}
        };
    }

    private static RasterImages render(
            RasterScene scene, int[] faces, int vertexCount, RasterSettings settings) {
        Matrix4f transform =
                new Matrix4f().set(scene.projection).mul(new Matrix4f().set(scene.view));
        float[] ndc = new float[2 * vertexCount];
        for (int v = 0; v < vertexCount; v++) {
            Vector4f clip =
                    transform.transform(
                            new Vector4f(
                                    scene.positions[3 * v],
                                    scene.positions[3 * v + 1],
                                    scene.positions[3 * v + 2],
                                    1));
            ndc[2 * v] = clip.x / clip.w;
            ndc[2 * v + 1] = clip.y / clip.w;
        }
        RasterImages images = new RasterImages();
        images.faceIndex = new int[settings.width() * settings.height()];
        Arrays.fill(images.faceIndex, -1);
        for (int i = 0; i < images.faceIndex.length; i++) {
            float x = 2 * (i % settings.width() + 0.5f) / settings.width() - 1;
            float y = 1 - 2 * (i / settings.width() + 0.5f) / settings.height();
            for (int f = 0; f < faces.length; f += 3) {
                if (inside(ndc, faces[f], faces[f + 1], faces[f + 2], x, y)) {
                    images.faceIndex[i] = f / 3;
                }
            }
        }
        return images;
    }

    private static boolean inside(float[] p, int a, int b, int c, float x, float y) {
        float ab = edge(p, a, b, x, y);
        float bc = edge(p, b, c, x, y);
        float ca = edge(p, c, a, x, y);
        return ab >= 0 && bc >= 0 && ca >= 0 || ab <= 0 && bc <= 0 && ca <= 0;
    }

    private static float edge(float[] p, int a, int b, float x, float y) {
        return (p[2 * b] - p[2 * a]) * (y - p[2 * a + 1])
                - (p[2 * b + 1] - p[2 * a + 1]) * (x - p[2 * a]);
    }
}
