/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import org.inverso.api.image.Image;

/** A picture at another size, in linear light, transparent parts over a background colour. */
final class Reduction {

    /** Photos are large: this many samples a side are enough for the mean of an output pixel. */
    private static final int MOST_SAMPLES = 5;

    private Reduction() {}

    /**
     * Mean of evenly spread source pixels for each output pixel; the nearest one when enlarging.
     *
     * @param background linear RGB
     * @return {@code float[height * width * 3]}, linear RGB
     */
    static float[] of(Image image, int width, int height, float[] background) {
        float[] result = new float[3 * width * height];
        int across = samples(image.width(), width);
        int down = samples(image.height(), height);
        float weight = 1f / (across * down);
        byte[] rgba = image.rgba();
        for (int y = 0, o = 0; y < height; y++) {
            for (int x = 0; x < width; x++, o += 3) {
                for (int j = 0; j < down; j++) {
                    int row = source(y, j, down, image.height(), height) * image.width();
                    for (int i = 0; i < across; i++) {
                        int p = 4 * (row + source(x, i, across, image.width(), width));
                        float alpha = (rgba[p + 3] & 0xff) / 255f;
                        for (int c = 0; c < 3; c++) {
                            float value = Srgb.toLinear(rgba[p + c]);
                            result[o + c] +=
                                    weight * (background[c] + alpha * (value - background[c]));
                        }
                    }
                }
            }
        }
        return result;
    }

    private static int samples(int from, int to) {
        return Math.max(1, Math.min(MOST_SAMPLES, Math.round(from / (float) to)));
    }

    private static int source(int pixel, int sample, int samples, int from, int to) {
        return (int) ((pixel + (sample + 0.5) / samples) * from / to);
    }
}
