/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;

/** What the camera sees first in each direction, and so what of the surface is hidden. */
final class DepthView {

    /** Distance of the taps about a point, pixels: a hidden edge this near makes it doubtful. */
    private static final float TAP = 1.3f;

    private final int resolution;
    private final float[] depth;
    private final float pixelAngle;
    private final float bias;

    /**
     * @param resolution side of the depth image over the crop
     * @param bias that a surface may lie behind the image's depth, metres
     */
    DepthView(
            DifferentiableRasterizer rasterizer,
            int[] faces,
            float[] positions,
            OrbitCamera camera,
            int resolution,
            float bias) {
        this.resolution = resolution;
        this.bias = bias;
        pixelAngle = 2 / (camera.focal() * resolution);
        RasterScene scene = new RasterScene();
        scene.positions = positions;
        scene.view = camera.view(new Matrix4f()).get(new float[16]);
        scene.projection = camera.projection(new Matrix4f()).get(new float[16]);
        RasterSettings settings = RasterSettings.of(resolution).withSoftMask(0, 0, 1);
        try (RasterSession session = rasterizer.open(faces, positions.length / 3, settings)) {
            RasterImages images = session.forward(scene);
            depth = images.depth.clone();
        }
    }

    /**
     * How much of the close neighbourhood of a surface point is in sight.
     *
     * @param x clip coordinate of the crop
     * @param y clip coordinate of the crop, upwards
     * @param distance in front of the camera plane, metres
     * @param cosine between the normal and the direction to the camera, positive
     * @return 0 to 1
     */
    float visibility(float x, float y, float distance, float cosine) {
        float px = (x + 1) / 2 * resolution;
        float py = (1 - y) / 2 * resolution;
        float cos = Math.max(0.1f, cosine);
        float slope = (float) Math.sqrt(1 - cos * cos) / cos;
        float nearest = distance - bias - (TAP + 1) * slope * distance * pixelAngle;
        int seen = 0;
        seen += tap(px, py, nearest);
        seen += tap(px - TAP, py - TAP, nearest);
        seen += tap(px + TAP, py - TAP, nearest);
        seen += tap(px - TAP, py + TAP, nearest);
        seen += tap(px + TAP, py + TAP, nearest);
        float part = seen / 5f;
        return part * part * part;
    }

    private int tap(float px, float py, float nearest) {
        int x = Math.max(0, Math.min(resolution - 1, (int) px));
        int y = Math.max(0, Math.min(resolution - 1, (int) py));
        return depth[y * resolution + x] >= nearest ? 1 : 0;
    }
}
