/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSettings.Shading;

/** What is seen at one covered sample: interpolated values, albedo, light. One worker's. */
final class Surface {
    private final Frame frame;
    private final TextureSampler sampler;
    private final boolean lit;
    private final boolean glossy;

    final Light light;

    /** Corners as offsets among the view's and among all views' vertices. */
    int local0;

    int local1;
    int local2;
    int v0;
    int v1;
    int v2;
    float b0;
    float b1;
    float b2;
    final float[] albedo = new float[3];
    float normalLength;
    float nx;
    float ny;
    float nz;
    private float u;
    private float v;

    Surface(Frame frame, TextureLevels texture) {
        this.frame = frame;
        sampler = new TextureSampler(texture);
        Shading shading = frame.settings.shading();
        light = new Light(shading);
        lit = shading != Shading.NONE;
        glossy = shading == Shading.PHONG;
    }

    TextureSampler sampler() {
        return sampler;
    }

    float u() {
        return u;
    }

    float v() {
        return v;
    }

    /** Corners and weights of a sample. */
    void load(int view, int sample, int face) {
        int[] faces = frame.topology.faces;
        local0 = faces[3 * face];
        local1 = faces[3 * face + 1];
        local2 = faces[3 * face + 2];
        int base = view * frame.topology.vertexCount;
        v0 = base + local0;
        v1 = base + local1;
        v2 = base + local2;
        b0 = frame.barycentric[3 * sample];
        b1 = frame.barycentric[3 * sample + 1];
        b2 = frame.barycentric[3 * sample + 2];
    }

    /** Texture coordinates, after {@link #load}. */
    void interpolateUv() {
        float[] uvs = frame.scene.uvs;
        u = b0 * uvs[2 * local0] + b1 * uvs[2 * local1] + b2 * uvs[2 * local2];
        v = b0 * uvs[2 * local0 + 1] + b1 * uvs[2 * local1 + 1] + b2 * uvs[2 * local2 + 1];
    }

    /** Albedo and light, after {@link #load}. */
    void light(int view, int sample) {
        RasterScene scene = frame.scene;
        if (scene.texture != null) {
            interpolateUv();
            sampler.sample(view, u, v, frame.level == null ? 0 : frame.level[sample]);
            System.arraycopy(sampler.color, 0, albedo, 0, 3);
        } else {
            float[] a = scene.attributes;
            int n = scene.attributeCount;
            for (int c = 0; c < 3; c++) {
                albedo[c] = b0 * a[v0 * n + c] + b1 * a[v1 * n + c] + b2 * a[v2 * n + c];
            }
        }
        if (lit) {
            float[] n = frame.normals;
            float x = b0 * n[3 * v0] + b1 * n[3 * v1] + b2 * n[3 * v2];
            float y = b0 * n[3 * v0 + 1] + b1 * n[3 * v1 + 1] + b2 * n[3 * v2 + 1];
            float z = b0 * n[3 * v0 + 2] + b1 * n[3 * v1 + 2] + b2 * n[3 * v2 + 2];
            normalLength = (float) Math.sqrt(x * x + y * y + z * z);
            float scale = normalLength > 0 ? 1 / normalLength : 0;
            nx = scale * x;
            ny = scale * y;
            nz = scale * z;
        }
        float ex = 0;
        float ey = 0;
        float ez = 0;
        if (glossy) {
            float[] p = scene.positions;
            double[] eye = frame.eye;
            ex = (float) (eye[3 * view] - (b0 * p[3 * v0] + b1 * p[3 * v1] + b2 * p[3 * v2]));
            ey =
                    (float)
                            (eye[3 * view + 1]
                                    - (b0 * p[3 * v0 + 1]
                                            + b1 * p[3 * v1 + 1]
                                            + b2 * p[3 * v2 + 1]));
            ez =
                    (float)
                            (eye[3 * view + 2]
                                    - (b0 * p[3 * v0 + 2]
                                            + b1 * p[3 * v1 + 2]
                                            + b2 * p[3 * v2 + 2]));
        }
        light.forward(
                scene.lights,
                view * Light.numbers(frame.settings.shading()),
                nx,
                ny,
                nz,
                ex,
                ey,
                ez);
    }

    /** Forward pass of a covered sample into the frame. */
    void shade(int view, int sample, int face) {
        load(view, sample, face);
        int n = frame.scene.attributeCount;
        if (frame.attributes != null) {
            float[] a = frame.scene.attributes;
            for (int c = 0; c < n; c++) {
                frame.attributes[sample * n + c] =
                        b0 * a[v0 * n + c] + b1 * a[v1 * n + c] + b2 * a[v2 * n + c];
            }
        }
        if (frame.shaded != null) {
            if (frame.level != null) {
                frame.level[sample] = level(sample);
            }
            light(view, sample);
            for (int c = 0; c < 3; c++) {
                frame.shaded[3 * sample + c] = albedo[c] * light.diffuse[c] + light.specular[c];
            }
        }
    }

    /**
     * Mip level: log2 of how many texels a step to the next sample crosses, the longer of the steps
     * right and down. From b = e / sum(e), d b_i / dx = (A_i - b_i sum(A)) / sum(e).
     */
    private float level(int sample) {
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
