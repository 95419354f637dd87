/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterUpstream;

/**
 * From samples to pixels and back. Colour, attributes and soft mask of a pixel are the means of its
 * n x n samples; depth, face index and barycentrics have no mean and are those of the sample right
 * below and right of the pixel's centre (of the middle one when n is odd).
 */
public final class Resolve {
    private final Frame frame;
    private final int n;
    private final int width;
    private final int height;
    private final int views;
    private final RasterImages images = new RasterImages();
    private final RasterUpstream samples = new RasterUpstream();
    private float[] colorBuffer;
    private float[] attributeBuffer;
    private float[] colorGradient;
    private float[] attributeGradient;
    private float[] depthGradient;
    private float[] softMaskGradient;
    private float[] barycentricGradient;

    public Resolve(Frame frame) {
        this.frame = frame;
        n = frame.settings.supersampling();
        width = frame.settings.width();
        height = frame.settings.height();
        views = frame.grid.views;
        int pixels = views * width * height;
        if (n > 1) {
            images.depth = new float[pixels];
            images.faceIndex = new int[pixels];
            images.barycentric = new float[3 * pixels];
            images.softMask = new float[pixels];
        }
    }

    /**
     * @param color of samples, after antialiasing; or null
     */
    public RasterImages toPixels(float[] color) {
        if (n == 1) {
            images.color = color;
            images.attributes = frame.attributes;
            images.depth = frame.depth;
            images.faceIndex = frame.faceIndex;
            images.barycentric = frame.barycentric;
            images.softMask = frame.softMask;
            return images;
        }
        int pixels = views * width * height;
        colorBuffer = sized(colorBuffer, 3 * pixels);
        images.color = color == null ? null : colorBuffer;
        if (color != null) {
            mean(color, colorBuffer, 3);
        }
        int c = frame.scene.attributeCount;
        images.attributes = null;
        if (frame.attributes != null) {
            attributeBuffer = sized(attributeBuffer, c * pixels);
            mean(frame.attributes, attributeBuffer, c);
            images.attributes = attributeBuffer;
        }
        mean(frame.softMask, images.softMask, 1);
        for (int p = 0; p < pixels; p++) {
            int s = centre(p);
            images.depth[p] = frame.depth[s];
            images.faceIndex[p] = frame.faceIndex[s];
            System.arraycopy(frame.barycentric, 3 * s, images.barycentric, 3 * p, 3);
        }
        return images;
    }

    private int centre(int pixel) {
        int row = pixel / width;
        int x = pixel - row * width;
        return (row * n + n / 2) * width * n + x * n + n / 2;
    }

    private void mean(float[] from, float[] to, int channels) {
        float share = 1f / (n * n);
        int stride = width * n * channels;
        for (int row = 0; row < views * height; row++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    float sum = 0;
                    for (int j = 0; j < n; j++) {
                        int s = (row * n + j) * stride + x * n * channels + c;
                        for (int i = 0; i < n; i++) {
                            sum += from[s + i * channels];
                        }
                    }
                    to[(row * width + x) * channels + c] = share * sum;
                }
            }
        }
    }

    /** Gradients with regard to samples; the same arrays when there is one sample a pixel. */
    public RasterUpstream toSamples(RasterUpstream upstream) {
        if (n == 1) {
            return upstream;
        }
        int size = views * frame.grid.samples;
        int c = frame.scene.attributeCount;
        samples.color = null;
        if (upstream.color != null) {
            samples.color = colorGradient = sized(colorGradient, 3 * size);
            spread(upstream.color, samples.color, 3);
        }
        samples.attributes = null;
        if (upstream.attributes != null) {
            samples.attributes = attributeGradient = sized(attributeGradient, c * size);
            spread(upstream.attributes, samples.attributes, c);
        }
        samples.softMask = null;
        if (upstream.softMask != null) {
            samples.softMask = softMaskGradient = sized(softMaskGradient, size);
            spread(upstream.softMask, samples.softMask, 1);
        }
        samples.depth = null;
        if (upstream.depth != null) {
            samples.depth = depthGradient = sized(depthGradient, size);
            place(upstream.depth, samples.depth, 1);
        }
        samples.barycentric = null;
        if (upstream.barycentric != null) {
            samples.barycentric = barycentricGradient = sized(barycentricGradient, 3 * size);
            place(upstream.barycentric, samples.barycentric, 3);
        }
        return samples;
    }

    private void spread(float[] from, float[] to, int channels) {
        float share = 1f / (n * n);
        for (int row = 0; row < views * height * n; row++) {
            for (int x = 0; x < width * n; x++) {
                int p = (row / n * width + x / n) * channels;
                int s = (row * width * n + x) * channels;
                for (int c = 0; c < channels; c++) {
                    to[s + c] = share * from[p + c];
                }
            }
        }
    }

    private void place(float[] from, float[] to, int channels) {
        // All other samples keep the 0 of a new array.
        for (int p = 0; p < views * width * height; p++) {
            System.arraycopy(from, channels * p, to, channels * centre(p), channels);
        }
    }

    public static float[] sized(float[] array, int length) {
        return array != null && array.length == length ? array : new float[length];
    }
}
