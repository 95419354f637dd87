/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import org.inverso.api.image.Image;

/**
 * A picture in linear light whose empty parts are transparent.
 *
 * @param rgba {@code float[height * width * 4]}, row-major, colour premultiplied with coverage
 */
record Layer(int width, int height, float[] rgba) {

    Layer(int width, int height) {
        this(width, height, new float[4 * width * height]);
    }

    /** Puts another layer of the same size behind this one. */
    void putBehind(Layer other) {
        for (int i = 0; i < rgba.length; i += 4) {
            float clear = 1 - rgba[i + 3];
            for (int c = 0; c < 4; c++) {
                rgba[i + c] += clear * other.rgba[i + c];
            }
        }
    }

    /** The same with 8 bits a channel and straight alpha. */
    Image toImage() {
        byte[] bytes = new byte[rgba.length];
        for (int i = 0; i < rgba.length; i += 4) {
            float alpha = Math.min(1, rgba[i + 3]);
            for (int c = 0; c < 3 && alpha > 0; c++) {
                bytes[i + c] = Srgb.fromLinear(rgba[i + c] / alpha);
            }
            bytes[i + 3] = (byte) Math.round(255 * alpha);
        }
        return new Image(width, height, bytes);
    }

    float coverage(int x, int y) {
        return rgba[4 * (y * width + x) + 3];
    }

    /**
     * How much each pixel shows of a line along the outer side of the silhouette, 0 to 1.
     *
     * @param reach of the line, pixels
     * @return {@code float[height * width]}
     */
    float[] outline(float reach) {
        float[] line = new float[width * height];
        // The line spreads from border pixels, which are few.
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float coverage = coverage(x, y);
                if (coverage > 0 && onBorder(x, y)) {
                    spread(x, y, coverage, reach, line);
                }
            }
        }
        return line;
    }

    private boolean onBorder(int x, int y) {
        return x > 0 && coverage(x - 1, y) < 1
                || x < width - 1 && coverage(x + 1, y) < 1
                || y > 0 && coverage(x, y - 1) < 1
                || y < height - 1 && coverage(x, y + 1) < 1;
    }

    private void spread(int x, int y, float coverage, float reach, float[] line) {
        int r = (int) Math.ceil(reach);
        for (int v = Math.max(0, y - r); v <= Math.min(height - 1, y + r); v++) {
            for (int u = Math.max(0, x - r); u <= Math.min(width - 1, x + r); u++) {
                float distance = (float) Math.sqrt((u - x) * (u - x) + (v - y) * (v - y));
                float within = Math.min(1, reach + 0.5f - distance);
                float shown = within * coverage * (1 - coverage(u, v));
                line[v * width + u] = Math.max(line[v * width + u], shown);
            }
        }
    }
}
