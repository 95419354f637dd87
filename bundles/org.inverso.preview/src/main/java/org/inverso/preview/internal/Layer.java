/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

/**
 * A picture in linear light whose empty parts are transparent.
 *
 * @param rgba {@code float[height * width * 4]}, row-major, colour premultiplied with coverage
 */
record Layer(int width, int height, float[] rgba) {

    Layer(int width, int height) {
        this(width, height, new float[4 * width * height]);
    }

    float coverage(int x, int y) {
        return rgba[4 * (y * width + x) + 3];
    }

    /**
     * How much of a line along the outer side of the silhouette a pixel shows, 0 to 1.
     *
     * @param reach of the line, pixels
     */
    float outline(int x, int y, float reach) {
        float most = 0;
        int r = (int) Math.ceil(reach);
        for (int v = Math.max(0, y - r); v <= Math.min(height - 1, y + r); v++) {
            for (int u = Math.max(0, x - r); u <= Math.min(width - 1, x + r); u++) {
                float distance = (float) Math.sqrt((u - x) * (u - x) + (v - y) * (v - y));
                float within = Math.min(1, reach + 0.5f - distance);
                if (within > 0) {
                    most = Math.max(most, within * coverage(u, v));
                }
            }
        }
        return most * (1 - coverage(x, y));
    }
}
