/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.geometry.AssetMesh;
import org.joml.Matrix4fc;

/**
 * Which pixels of a small picture show the object.
 *
 * @param inside {@code boolean[height * width]}, row-major
 */
record Silhouette(int width, int height, boolean[] inside) {

    /** The pixels whose mean alpha reaches {@link Matte#THRESHOLD}; never larger than the alpha. */
    static Silhouette of(Plane alpha, int longSide) {
        double scale = Math.min(1.0, longSide / (double) Math.max(alpha.width(), alpha.height()));
        int width = Math.max(1, (int) Math.round(alpha.width() * scale));
        int height = Math.max(1, (int) Math.round(alpha.height() * scale));
        boolean[] inside = new boolean[width * height];
        for (int y = 0; y < height; y++) {
            int top = (int) ((long) y * alpha.height() / height);
            int bottom = (int) ((long) (y + 1) * alpha.height() / height);
            for (int x = 0; x < width; x++) {
                int left = (int) ((long) x * alpha.width() / width);
                int right = (int) ((long) (x + 1) * alpha.width() / width);
                double sum = 0;
                for (int v = top; v < bottom; v++) {
                    for (int u = left; u < right; u++) {
                        sum += alpha.get(u, v);
                    }
                }
                inside[y * width + x] = sum >= Matte.THRESHOLD * (bottom - top) * (right - left);
            }
        }
        return new Silhouette(width, height, inside);
    }

    /**
     * The pixels whose centres a mesh covers.
     *
     * @param projection from the camera frame to the picture's clip space
     */
    static Silhouette of(
            AssetMesh mesh,
            Matrix4fc view,
            Matrix4fc projection,
            DifferentiableRasterizer rasterizer,
            int width,
            int height) {
        RasterSettings hard = RasterSettings.of(1).withSize(width, height).withSoftMask(0, 0, 1);
        RasterScene scene = new RasterScene();
        scene.positions = mesh.positions();
        scene.view = view.get(new float[16]);
        scene.projection = projection.get(new float[16]);
        boolean[] inside = new boolean[width * height];
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), hard)) {
            int[] faceIndex = session.forward(scene).faceIndex;
            for (int i = 0; i < inside.length; i++) {
                inside[i] = faceIndex[i] >= 0;
            }
        }
        return new Silhouette(width, height, inside);
    }

    /** Intersection over union of two silhouettes of the same size; 0 when both are empty. */
    double iou(Silhouette other) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < inside.length; i++) {
            if (inside[i] && other.inside[i]) {
                both++;
            }
            if (inside[i] || other.inside[i]) {
                either++;
            }
        }
        return either == 0 ? 0 : both / (double) either;
    }
}
