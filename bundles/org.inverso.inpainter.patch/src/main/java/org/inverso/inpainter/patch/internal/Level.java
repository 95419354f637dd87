/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.inpainter.patch.internal;

import org.inverso.api.image.Image;

/**
 * A picture with a hole, at one size.
 *
 * @param rgb {@code float[height * width * 3]}, 0 to 255; within the hole what is painted there
 */
record Level(Hole hole, float[] rgb) {

    /** How much more a pixel of the same height counts than one of the same column. */
    private static final float LAYERS = 4;

    int width() {
        return hole.width();
    }

    int height() {
        return hole.height();
    }

    /** The picture, reduced so that no side is longer than asked for. */
    static Level of(Image image, Hole hole, int longest) {
        double scale = Math.min(1, longest / (double) Math.max(hole.width(), hole.height()));
        int width = Math.max(1, (int) Math.round(scale * hole.width()));
        int height = Math.max(1, (int) Math.round(scale * hole.height()));
        byte[] rgba = image.rgba();
        return reduced(hole, width, height, (pixel, c) -> rgba[4 * pixel + c] & 0xff);
    }

    Level halved() {
        return reduced(
                hole, (width() + 1) / 2, (height() + 1) / 2, (pixel, c) -> rgb[3 * pixel + c]);
    }

    @FunctionalInterface
    private interface Source {
        float at(int pixel, int channel);
    }

    /** Means over the pixels' areas. A pixel is known when all that it comes from is. */
    private static Level reduced(Hole hole, int width, int height, Source source) {
        boolean[] unknown = new boolean[width * height];
        float[] rgb = new float[3 * width * height];
        for (int y = 0; y < height; y++) {
            int top = (int) ((long) y * hole.height() / height);
            int bottom = Math.max(top + 1, (int) ((y + 1L) * hole.height() / height));
            for (int x = 0; x < width; x++) {
                int left = (int) ((long) x * hole.width() / width);
                int right = Math.max(left + 1, (int) ((x + 1L) * hole.width() / width));
                int at = y * width + x;
                for (int v = top; v < bottom; v++) {
                    for (int u = left; u < right; u++) {
                        unknown[at] |= hole.at(u, v);
                        for (int c = 0; c < 3; c++) {
                            rgb[3 * at + c] += source.at(v * hole.width() + u, c);
                        }
                    }
                }
                for (int c = 0; c < 3; c++) {
                    rgb[3 * at + c] /= (bottom - top) * (right - left);
                }
            }
        }
        return new Level(new Hole(width, height, unknown), rgb);
    }

    /**
     * Paints the hole with the known pixels that are next to the left, right, top and bottom, the
     * nearer ones counting more; most of all those of the same height, since the ground, what
     * stands on it and the sky lie in layers.
     */
    void fillInLayers() {
        float[] weights = new float[width() * height()];
        float[] sums = new float[rgb.length];
        for (int y = 0; y < height(); y++) {
            sweep(y * width(), 1, width(), LAYERS, sums, weights);
            sweep((y + 1) * width() - 1, -1, width(), LAYERS, sums, weights);
        }
        for (int x = 0; x < width(); x++) {
            sweep(x, width(), height(), 1, sums, weights);
            sweep((height() - 1) * width() + x, -width(), height(), 1, sums, weights);
        }
        for (int i = 0; i < weights.length; i++) {
            for (int c = 0; c < 3 && hole.unknown()[i] && weights[i] > 0; c++) {
                rgb[3 * i + c] = sums[3 * i + c] / weights[i];
            }
        }
    }

    private void sweep(
            int start, int step, int count, float importance, float[] sums, float[] weights) {
        int known = -1;
        for (int k = 0; k < count; k++) {
            int i = start + k * step;
            if (!hole.unknown()[i]) {
                known = k;
            } else if (known >= 0) {
                float weight = importance / (k - known);
                weights[i] += weight;
                for (int c = 0; c < 3; c++) {
                    sums[3 * i + c] += weight * rgb[3 * (start + known * step) + c];
                }
            }
        }
    }
}
