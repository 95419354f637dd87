/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;

/**
 * Reads squares of pictures as networks want them: planes of floats; beyond the picture its border
 * repeats.
 */
public final class RegionSampler {

    /** Taps along one side of a pixel of the result; more add nothing that a network would see. */
    private static final int MOST_TAPS = 8;

    private RegionSampler() {}

    /**
     * Averages the picture over each pixel of the result.
     *
     * @param width of the region in pixels of the picture; {@code region.size()} is its height
     * @param size side of the result
     * @param dest planes R, G, B of -1 to 1, {@code float[3*size*size]} from {@code offset} on
     */
    public static void sample(
            Image image, CropRegion region, float width, int size, float[] dest, int offset) {
        float stepX = width / size;
        float stepY = region.size() / size;
        int tapsX = Math.max(1, Math.min(MOST_TAPS, (int) Math.ceil(stepX)));
        int tapsY = Math.max(1, Math.min(MOST_TAPS, (int) Math.ceil(stepY)));
        int plane = size * size;
        float[] sum = new float[3];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                java.util.Arrays.fill(sum, 0);
                for (int ty = 0; ty < tapsY; ty++) {
                    float v = region.y() + (y + (ty + 0.5f) / tapsY) * stepY - 0.5f;
                    for (int tx = 0; tx < tapsX; tx++) {
                        float u = region.x() + (x + (tx + 0.5f) / tapsX) * stepX - 0.5f;
                        add(image, u, v, sum);
                    }
                }
                float scale = 1 / (127.5f * tapsX * tapsY);
                for (int c = 0; c < 3; c++) {
                    dest[offset + c * plane + y * size + x] = sum[c] * scale - 1;
                }
            }
        }
    }

    private static void add(Image image, float u, float v, float[] sum) {
        float x = Math.max(0, Math.min(image.width() - 1, u));
        float y = Math.max(0, Math.min(image.height() - 1, v));
        int x0 = (int) x;
        int y0 = (int) y;
        int x1 = Math.min(image.width() - 1, x0 + 1);
        int y1 = Math.min(image.height() - 1, y0 + 1);
        float fx = x - x0;
        float fy = y - y0;
        for (int c = 0; c < 3; c++) {
            float upper = image.get(x0, y0, c) + fx * (image.get(x1, y0, c) - image.get(x0, y0, c));
            float lower = image.get(x0, y1, c) + fx * (image.get(x1, y1, c) - image.get(x0, y1, c));
            sum[c] += upper + fy * (lower - upper);
        }
    }
}
