/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSettings.Shading;

/**
 * Takes gradients of images back through light and albedo, tile by tile, to what is interpolated at
 * each covered sample: {@link FaceBackward} needs no more of a sample than these numbers and its
 * barycentrics.
 *
 * <p>Every interpolated value is x = sum(b_k x_k) over a face's corners. With q = dL/dx, the
 * gradient with regard to x_k is sum(b_k q) over samples. The gradient with regard to barycentrics
 * is g_j = sum(q x_j) over values, of which {@link #MEAN} keeps sum(b_j g_j) = sum(q x).
 */
final class SurfaceBackward implements WorkerPool.Task {
    /** sum(q x) over all values. */
    static final int MEAN = 0;

    private final Frame frame;
    private final SampleGradients gradients;
    private final boolean lit;
    private final boolean glossy;
    private final LightGradients lightGradients;
    private final Worker[] workers;

    /** Numbers a sample, a multiple of four. */
    int stride;

    /** Where values begin among a sample's numbers; -1 for those without gradient. */
    int color;

    int normal;
    int position;
    int depth;
    int barycentric;
    int attributes;

    /** Values of colour: u and v, or three of albedo. */
    int colorCount;

    /** {@code float[B*samples*stride]}, q of covered samples; others are undefined. */
    float[] values = new float[0];

    /** {@code float[B*samples*3]}, gradient with regard to albedo; null without texture. */
    float[] albedo;

    SurfaceBackward(Frame frame, SampleGradients gradients, TextureLevels texture, int threads) {
        this.frame = frame;
        this.gradients = gradients;
        Shading shading = frame.settings.shading();
        lit = shading != Shading.NONE;
        glossy = shading == Shading.PHONG;
        lightGradients = new LightGradients(frame, frame.grid.tiles);
        workers = new Worker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Worker(texture);
        }
    }

    LightGradients lightGradients() {
        return lightGradients;
    }

    int count() {
        return frame.grid.views * frame.grid.tiles;
    }

    /** Lays out a sample's numbers, once it is known which images have gradients. */
    void bind() {
        RasterScene scene = frame.scene;
        boolean colored = gradients.color != null;
        boolean textured = scene.texture != null;
        colorCount = textured ? 2 : 3;
        int next = MEAN + 1;
        color = colored ? next : -1;
        next += colored ? colorCount : 0;
        normal = colored && lit ? next : -1;
        next += colored && lit ? 3 : 0;
        position = colored && glossy ? next : -1;
        next += colored && glossy ? 3 : 0;
        depth = gradients.depth != null ? next++ : -1;
        barycentric = gradients.barycentric != null ? next : -1;
        next += gradients.barycentric != null ? 3 : 0;
        attributes = gradients.attributes != null ? next : -1;
        next += gradients.attributes != null ? scene.attributeCount : 0;
        stride = (next + 3) & ~3;
        int size = Math.multiplyExact(frame.grid.views * frame.grid.samples, stride);
        if (values.length < size) {
            values = new float[size];
        }
        albedo = textured ? Resolve.sized(albedo, 3 * frame.grid.views * frame.grid.samples) : null;
    }

    @Override
    public void run(int index, int worker) {
        SampleGrid grid = frame.grid;
        int view = index / grid.tiles;
        int tile = index % grid.tiles;
        int left = tile % grid.tilesX * TilePass.TILE;
        int top = tile / grid.tilesX * TilePass.TILE;
        int right = Math.min(left + TilePass.TILE, grid.width);
        int bottom = Math.min(top + TilePass.TILE, grid.height);
        Worker w = workers[worker];
        w.tile(view, left, top, right, bottom);
        lightGradients.put(index, w.lights, w.eye);
    }

    /** One thread's place for a tile's numbers. */
    private final class Worker {
        private final Surface surface;
        private final float[][] upstream = new float[3][Surface.MOST];
        private final float[][] byDiffuse = new float[3][Surface.MOST];
        private final float[] mean = new float[Surface.MOST];
        private final double[] lights = new double[Light.MOST_NUMBERS];
        private final double[] eye = new double[3];

        Worker(TextureLevels texture) {
            surface = new Surface(frame, texture);
        }

        void tile(int view, int left, int top, int right, int bottom) {
            Arrays.fill(lights, 0);
            Arrays.fill(eye, 0);
            if (!gradients.hasHard()) {
                return;
            }
            surface.collect(view, left, top, right, bottom);
            int n = surface.count;
            if (n == 0) {
                return;
            }
            Arrays.fill(mean, 0, n, 0);
            if (color >= 0) {
                color(view);
            }
            if (depth >= 0) {
                image(gradients.depth, frame.depth, 1, depth);
            }
            if (barycentric >= 0) {
                image(gradients.barycentric, frame.barycentric, 3, barycentric);
            }
            if (attributes >= 0) {
                image(
                        gradients.attributes,
                        frame.attributes,
                        frame.scene.attributeCount,
                        attributes);
            }
            for (int i = 0; i < n; i++) {
                values[surface.sample[i] * stride + MEAN] = mean[i];
            }
        }

        /** Values that are images themselves. */
        private void image(float[] gradient, float[] image, int channels, int to) {
            int n = surface.count;
            for (int i = 0; i < n; i++) {
                int s = surface.sample[i];
                int o = s * stride + to;
                for (int c = 0; c < channels; c++) {
                    float q = gradient[s * channels + c];
                    values[o + c] = q;
                    mean[i] += q * image[s * channels + c];
                }
            }
        }

        private void color(int view) {
            if (frame.scene.texture != null) {
                surface.interpolateUv(view);
            }
            surface.light(view);
            int n = surface.count;
            float[] red = upstream[0];
            float[] green = upstream[1];
            float[] blue = upstream[2];
            for (int i = 0; i < n; i++) {
                int o = 3 * surface.sample[i];
                red[i] = gradients.color[o];
                green[i] = gradients.color[o + 1];
                blue[i] = gradients.color[o + 2];
            }
            if (lit) {
                for (int c = 0; c < 3; c++) {
                    times(upstream[c], surface.albedo[c], byDiffuse[c], n);
                }
                surface.light.backward(
                        frame.scene.lights,
                        view * Light.numbers(frame.settings.shading()),
                        surface,
                        byDiffuse,
                        upstream,
                        lights);
                normals();
                if (glossy) {
                    positions(view);
                }
                // From here on the gradient with regard to albedo.
                for (int c = 0; c < 3; c++) {
                    times(upstream[c], surface.light.diffuse[c], upstream[c], n);
                }
            }
            if (albedo != null) {
                throughTexture();
            } else {
                throughAttributes();
            }
        }

        private static void times(float[] a, float[] b, float[] dest, int n) {
            for (int i = 0; i < n; i++) {
                dest[i] = a[i] * b[i];
            }
        }

        private void throughAttributes() {
            float[] red = upstream[0];
            float[] green = upstream[1];
            float[] blue = upstream[2];
            float[] r = surface.albedo[0];
            float[] g = surface.albedo[1];
            float[] b = surface.albedo[2];
            int n = surface.count;
            for (int i = 0; i < n; i++) {
                mean[i] += red[i] * r[i] + green[i] * g[i] + blue[i] * b[i];
            }
            for (int i = 0; i < n; i++) {
                int o = surface.sample[i] * stride + color;
                values[o] = red[i];
                values[o + 1] = green[i];
                values[o + 2] = blue[i];
            }
        }

        private void throughTexture() {
            int n = surface.count;
            for (int i = 0; i < n; i++) {
                int s = surface.sample[i];
                float gu = 0;
                float gv = 0;
                for (int c = 0; c < 3; c++) {
                    float q = upstream[c][i];
                    albedo[3 * s + c] = q;
                    gu += q * surface.byU[c][i];
                    gv += q * surface.byV[c][i];
                }
                values[s * stride + color] = gu;
                values[s * stride + color + 1] = gv;
                mean[i] += gu * surface.u[i] + gv * surface.v[i];
            }
        }

        /**
         * From unit normals to interpolated ones. These gradients are at right angles to the normal
         * and add nothing to the mean.
         */
        private void normals() {
            float[] gx = surface.light.normalGradient[0];
            float[] gy = surface.light.normalGradient[1];
            float[] gz = surface.light.normalGradient[2];
            float[] nx = surface.nx;
            float[] ny = surface.ny;
            float[] nz = surface.nz;
            float[] scale = surface.normalScale;
            int n = surface.count;
            for (int i = 0; i < n; i++) {
                float along = gx[i] * nx[i] + gy[i] * ny[i] + gz[i] * nz[i];
                int o = surface.sample[i] * stride + normal;
                values[o] = scale[i] * (gx[i] - along * nx[i]);
                values[o + 1] = scale[i] * (gy[i] - along * ny[i]);
                values[o + 2] = scale[i] * (gz[i] - along * nz[i]);
            }
        }

        private void positions(int view) {
            int n = surface.count;
            for (int i = 0; i < n; i++) {
                int o = surface.sample[i] * stride + position;
                for (int axis = 0; axis < 3; axis++) {
                    float g = surface.light.eyeGradient[axis][i];
                    eye[axis] += g;
                    values[o + axis] = -g;
                    float at = (float) frame.eye[3 * view + axis] - surface.toEye[axis][i];
                    mean[i] -= g * at;
                }
            }
        }
    }
}
