/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import java.util.Arrays;
import java.util.stream.IntStream;
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
        float scale = 1 / (127.5f * tapsX * tapsY);
        IntStream.range(0, size)
                .parallel()
                .forEach(
                        y -> {
                            float[] sum = new float[3];
                            for (int x = 0; x < size; x++) {
                                Arrays.fill(sum, 0);
                                for (int ty = 0; ty < tapsY; ty++) {
                                    float v = region.y() + (y + (ty + 0.5f) / tapsY) * stepY - 0.5f;
                                    for (int tx = 0; tx < tapsX; tx++) {
                                        float u =
                                                region.x()
                                                        + (x + (tx + 0.5f) / tapsX) * stepX
                                                        - 0.5f;
                                        add(image, u, v, sum);
                                    }
                                }
                                int pixel = offset + y * size + x;
                                for (int c = 0; c < 3; c++) {
                                    dest[pixel + c * plane] = sum[c] * scale - 1;
                                }
                            }
                        });
    }

    private static void add(Image image, float u, float v, float[] sum) {
        byte[] rgba = image.rgba();
        float x = Math.max(0, Math.min(image.width() - 1, u));
        float y = Math.max(0, Math.min(image.height() - 1, v));
        int x0 = (int) x;
        int y0 = (int) y;
        float fx = x - x0;
        float fy = y - y0;
        int upper = 4 * (y0 * image.width() + x0);
        int right = x0 + 1 < image.width() ? 4 : 0;
        int lower = y0 + 1 < image.height() ? upper + 4 * image.width() : upper;
        for (int c = 0; c < 3; c++) {
            float above = mixed(rgba[upper + c] & 0xff, rgba[upper + right + c] & 0xff, fx);
            float below = mixed(rgba[lower + c] & 0xff, rgba[lower + right + c] & 0xff, fx);
            sum[c] += mixed(above, below, fy);
        }
    }

    private static float mixed(float a, float b, float share) {
        return a + share * (b - a);
    }
}
