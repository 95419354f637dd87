/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterScene;

/**
 * Chooses mip levels by how many texels a step to the next sample crosses, the longer of the steps
 * right and down. From b = e / sum(e), d b_i / dx = (A_i - b_i sum(A)) / sum(e).
 */
final class MipLevel {
    private final Frame frame;

    MipLevel(Frame frame) {
        this.frame = frame;
    }

    /**
     * The level, with fraction.
     *
     * @param base where the view's vertices begin
     * @param v0 corners among all views' vertices, and the sample's weights of them
     */
    float at(int base, int v0, int v1, int v2, float b0, float b1, float b2) {
        int local0 = v0 - base;
        int local1 = v1 - base;
        int local2 = v2 - base;
        double[] c = frame.clip;
        double x0 = c[4 * v0];
        double y0 = c[4 * v0 + 1];
        double w0 = c[4 * v0 + 3];
        double x1 = c[4 * v1];
        double y1 = c[4 * v1 + 1];
        double w1 = c[4 * v1 + 3];
        double x2 = c[4 * v2];
        double y2 = c[4 * v2 + 1];
        double w2 = c[4 * v2 + 3];
        double ax0 = y1 * w2 - w1 * y2;
        double ay0 = w1 * x2 - x1 * w2;
        double ax1 = y2 * w0 - w2 * y0;
        double ay1 = w2 * x0 - x2 * w0;
        double ax2 = y0 * w1 - w0 * y1;
        double ay2 = w0 * x1 - x0 * w1;
        double det = ax0 * x0 + ay0 * y0 + (x1 * y2 - y1 * x2) * w0;
        // sum(e) = det / w at the sample, and w = sum(b w).
        double scale = (b0 * w0 + b1 * w1 + b2 * w2) / det;
        double sumX = ax0 + ax1 + ax2;
        double sumY = ay0 + ay1 + ay2;
        double stepX = 2.0 / frame.grid.width * scale;
        double stepY = 2.0 / frame.grid.height * scale;
        RasterScene scene = frame.scene;
        float[] uv = scene.uvs;
        double ux = 0;
        double vx = 0;
        double uy = 0;
        double vy = 0;
        double d = (ax0 - b0 * sumX) * stepX;
        ux += d * uv[2 * local0];
        vx += d * uv[2 * local0 + 1];
        d = (ax1 - b1 * sumX) * stepX;
        ux += d * uv[2 * local1];
        vx += d * uv[2 * local1 + 1];
        d = (ax2 - b2 * sumX) * stepX;
        ux += d * uv[2 * local2];
        vx += d * uv[2 * local2 + 1];
        d = (ay0 - b0 * sumY) * stepY;
        uy += d * uv[2 * local0];
        vy += d * uv[2 * local0 + 1];
        d = (ay1 - b1 * sumY) * stepY;
        uy += d * uv[2 * local1];
        vy += d * uv[2 * local1 + 1];
        d = (ay2 - b2 * sumY) * stepY;
        uy += d * uv[2 * local2];
        vy += d * uv[2 * local2 + 1];
        double w = scene.textureWidth;
        double h = scene.textureHeight;
        double across = w * w * ux * ux + h * h * vx * vx;
        double down = w * w * uy * uy + h * h * vy * vy;
        double level = 0.5 * Math.log(Math.max(across, down)) / Math.log(2);
        return level > 0 ? (float) Math.min(level, frame.levels - 1) : 0;
    }
}
