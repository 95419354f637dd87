/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterSettings.Shading;

/**
 * What is seen at the covered samples of a tile: corners, weights, albedo, light. Values of one
 * kind stand side by side, in loops without branches that the compiler turns into vector code. One
 * worker's.
 */
final class Surface {
    /** Samples of a tile. */
    static final int MOST = TilePass.TILE * TilePass.TILE;

    private final Frame frame;
    private final TextureSampler sampler;
    private final MipLevel mipLevel;

    /** Null without shading. */
    final Light light;

    /** Covered samples, in the order of rows and columns. */
    int count;

    final int[] sample = new int[MOST];

    /** Corners, as offsets among all views' vertices. */
    final int[] v0 = new int[MOST];

    final int[] v1 = new int[MOST];
    final int[] v2 = new int[MOST];

    /** Barycentrics. */
    final float[] b0 = new float[MOST];

    final float[] b1 = new float[MOST];
    final float[] b2 = new float[MOST];

    /** Unit normals, or 0 where there is none. */
    final float[] nx = new float[MOST];

    final float[] ny = new float[MOST];
    final float[] nz = new float[MOST];

    /** One over the length of interpolated normals; 0 where that is 0. */
    final float[] normalScale = new float[MOST];

    /** By channel and point. */
    final float[][] albedo = new float[3][MOST];

    /** Texture coordinates. */
    final float[] u = new float[MOST];

    final float[] v = new float[MOST];

    /** Derivatives of albedo by u and v, with texture; by channel and point. */
    final float[][] byU;

    final float[][] byV;

    /** From points to the eye, by axis and point; null without highlights. */
    final float[][] toEye;

    Surface(Frame frame, TextureLevels texture) {
        this.frame = frame;
        sampler = new TextureSampler(texture);
        mipLevel = new MipLevel(frame);
        Shading shading = frame.settings.shading();
        light = Light.of(shading);
        toEye = shading == Shading.PHONG ? new float[3][MOST] : null;
        byU = new float[3][MOST];
        byV = new float[3][MOST];
    }

    TextureSampler sampler() {
        return sampler;
    }

    /** Lists the covered samples of a rectangle no larger than a tile. */
    void collect(int view, int left, int top, int right, int bottom) {
        int[] faces = frame.topology.faces;
        int base = view * frame.topology.vertexCount;
        int n = 0;
        for (int y = top; y < bottom; y++) {
            int row = view * frame.grid.samples + y * frame.grid.width;
            for (int s = row + left; s < row + right; s++) {
                int corner = 3 * frame.faceIndex[s];
                if (corner >= 0) {
                    sample[n] = s;
                    v0[n] = base + faces[corner];
                    v1[n] = base + faces[corner + 1];
                    v2[n] = base + faces[corner + 2];
                    b0[n] = frame.barycentric[3 * s];
                    b1[n] = frame.barycentric[3 * s + 1];
                    b2[n] = frame.barycentric[3 * s + 2];
                    n++;
                }
            }
        }
        count = n;
    }

    /** Attributes into the frame. */
    void interpolateAttributes() {
        float[] a = frame.scene.attributes;
        float[] dest = frame.attributes;
        int n = frame.scene.attributeCount;
        for (int i = 0; i < count; i++) {
            int to = sample[i] * n;
            int o0 = v0[i] * n;
            int o1 = v1[i] * n;
            int o2 = v2[i] * n;
            for (int c = 0; c < n; c++) {
                dest[to + c] = b0[i] * a[o0 + c] + b1[i] * a[o1 + c] + b2[i] * a[o2 + c];
            }
        }
    }

    /** Texture coordinates, which all views share. */
    void interpolateUv(int view) {
        float[] uvs = frame.scene.uvs;
        int base = view * frame.topology.vertexCount;
        for (int i = 0; i < count; i++) {
            int o0 = 2 * (v0[i] - base);
            int o1 = 2 * (v1[i] - base);
            int o2 = 2 * (v2[i] - base);
            u[i] = b0[i] * uvs[o0] + b1[i] * uvs[o1] + b2[i] * uvs[o2];
            v[i] = b0[i] * uvs[o0 + 1] + b1[i] * uvs[o1 + 1] + b2[i] * uvs[o2 + 1];
        }
    }

    /** Mip levels into the frame, after {@link #interpolateUv}. */
    void chooseLevels(int view) {
        int base = view * frame.topology.vertexCount;
        for (int i = 0; i < count; i++) {
            frame.level[sample[i]] = mipLevel.at(base, v0[i], v1[i], v2[i], b0[i], b1[i], b2[i]);
        }
    }

    /**
     * Albedo and light, after {@link #collect}, {@link #interpolateAttributes} or {@link
     * #interpolateUv}, and {@link #chooseLevels}.
     */
    void light(int view) {
        if (frame.scene.texture != null) {
            sampleTexture(view);
        } else {
            loadAlbedo();
        }
        if (light != null) {
            interpolateNormals();
            if (toEye != null) {
                for (int axis = 0; axis < 3; axis++) {
                    look(frame.eye[3 * view + axis], axis, toEye[axis]);
                }
            }
            light.forward(frame.scene.lights, view * Light.numbers(frame.settings.shading()), this);
        }
    }

    private void sampleTexture(int view) {
        for (int i = 0; i < count; i++) {
            sampler.sample(view, u[i], v[i], frame.level == null ? 0 : frame.level[sample[i]]);
            for (int c = 0; c < 3; c++) {
                albedo[c][i] = sampler.color[c];
                byU[c][i] = sampler.byU[c];
                byV[c][i] = sampler.byV[c];
            }
        }
    }

    private void loadAlbedo() {
        float[] a = frame.attributes;
        int n = frame.scene.attributeCount;
        float[] red = albedo[0];
        float[] green = albedo[1];
        float[] blue = albedo[2];
        for (int i = 0; i < count; i++) {
            int o = sample[i] * n;
            red[i] = a[o];
            green[i] = a[o + 1];
            blue[i] = a[o + 2];
        }
    }

    private void interpolateNormals() {
        float[] n = frame.normals;
        for (int i = 0; i < count; i++) {
            int o0 = 3 * v0[i];
            int o1 = 3 * v1[i];
            int o2 = 3 * v2[i];
            float w0 = b0[i];
            float w1 = b1[i];
            float w2 = b2[i];
            float x = w0 * n[o0] + w1 * n[o1] + w2 * n[o2];
            float y = w0 * n[o0 + 1] + w1 * n[o1 + 1] + w2 * n[o2 + 1];
            float z = w0 * n[o0 + 2] + w1 * n[o1 + 2] + w2 * n[o2 + 2];
            float length = (float) Math.sqrt(x * x + y * y + z * z);
            float scale = length > 0 ? 1 / length : 0;
            normalScale[i] = scale;
            nx[i] = scale * x;
            ny[i] = scale * y;
            nz[i] = scale * z;
        }
    }

    private void look(double eye, int axis, float[] dest) {
        float[] p = frame.scene.positions;
        for (int i = 0; i < count; i++) {
            float at =
                    b0[i] * p[3 * v0[i] + axis]
                            + b1[i] * p[3 * v1[i] + axis]
                            + b2[i] * p[3 * v2[i] + axis];
            dest[i] = (float) (eye - at);
        }
    }

    /** Colour into the frame, after {@link #light}; takes the place of albedo. */
    void shade() {
        float[] dest = frame.shaded;
        for (int c = 0; c < 3; c++) {
            float[] color = albedo[c];
            if (light != null) {
                float[] diffuse = light.diffuse[c];
                for (int i = 0; i < count; i++) {
                    color[i] *= diffuse[i];
                }
                if (light.specular != null) {
                    float[] specular = light.specular[c];
                    for (int i = 0; i < count; i++) {
                        color[i] += specular[i];
                    }
                }
            }
        }
        float[] red = albedo[0];
        float[] green = albedo[1];
        float[] blue = albedo[2];
        for (int i = 0; i < count; i++) {
            int to = 3 * sample[i];
            dest[to] = red[i];
            dest[to + 1] = green[i];
            dest[to + 2] = blue[i];
        }
    }
}
