/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.stream.IntStream;
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
        int[] columns = sources(image.width(), width);
        int[] rows = sources(image.height(), height);
        int across = columns.length / width;
        int down = rows.length / height;
        IntStream.range(0, height)
                .parallel()
                .forEach(
                        y -> {
                            for (int x = 0; x < width; x++) {
                                int o = 3 * (y * width + x);
                                for (int r = y * down; r < (y + 1) * down; r++) {
                                    int row = rows[r] * image.width();
                                    for (int c = x * across; c < (x + 1) * across; c++) {
                                        add(image, row + columns[c], background, result, o);
                                    }
                                }
                                for (int c = 0; c < 3; c++) {
                                    result[o + c] /= across * down;
                                }
                            }
                        });
        return result;
    }

    private static void add(Image image, int pixel, float[] background, float[] sum, int at) {
        byte[] rgba = image.rgba();
        float alpha = (rgba[4 * pixel + 3] & 0xff) / 255f;
        for (int c = 0; c < 3; c++) {
            float value = Srgb.toLinear(rgba[4 * pixel + c]);
            sum[at + c] += background[c] + alpha * (value - background[c]);
        }
    }

    /** The source pixels of each output pixel along one direction. */
    private static int[] sources(int from, int to) {
        int samples = Math.max(1, Math.min(MOST_SAMPLES, Math.round(from / (float) to)));
        int[] sources = new int[samples * to];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = (int) ((i + 0.5) * from / sources.length);
        }
        return sources;
    }
}
