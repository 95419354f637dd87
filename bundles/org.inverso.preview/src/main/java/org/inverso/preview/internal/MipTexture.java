/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.ArrayList;
import java.util.List;
import org.inverso.api.image.Image;

/** A texture in linear light, with ever smaller averages of it. Coordinates repeat. */
final class MipTexture {

    private record Level(int width, int height, float[] rgb) {}

    private final List<Level> levels = new ArrayList<>();

    MipTexture(Image image) {
        float[] rgb = new float[3 * image.width() * image.height()];
        byte[] rgba = image.rgba();
        for (int i = 0, p = 0; i < rgb.length; i += 3, p += 4) {
            rgb[i] = Srgb.toLinear(rgba[p]);
            rgb[i + 1] = Srgb.toLinear(rgba[p + 1]);
            rgb[i + 2] = Srgb.toLinear(rgba[p + 2]);
        }
        addLevels(new Level(image.width(), image.height(), rgb));
    }

    private MipTexture(Level first) {
        addLevels(first);
    }

    /**
     * A texture that was painted in part; what is empty gets the colours around it, so that none of
     * it shows where charts end.
     *
     * @param rgb {@code float[size*size*3]}, linear
     * @param painted {@code boolean[size*size]}
     */
    static MipTexture of(int size, float[] rgb, boolean[] painted) {
        return new MipTexture(new Level(size, size, filled(size, rgb, painted)));
    }

    /** From averages of four painted texels, and where all four are empty, of their averages. */
    private static float[] filled(int size, float[] rgb, boolean[] painted) {
        float[] full = rgb.clone();
        int half = size / 2;
        boolean complete = true;
        for (boolean p : painted) {
            complete &= p;
        }
        if (complete || half == 0 || size % 2 != 0) {
            return full;
        }
        float[] coarse = new float[3 * half * half];
        boolean[] known = new boolean[half * half];
        for (int t = 0; t < known.length; t++) {
            int first = 2 * (t / half) * size + 2 * (t % half);
            int count = 0;
            for (int s : new int[] {first, first + 1, first + size, first + size + 1}) {
                if (painted[s]) {
                    count++;
                    for (int c = 0; c < 3; c++) {
                        coarse[3 * t + c] += rgb[3 * s + c];
                    }
                }
            }
            known[t] = count > 0;
            for (int c = 0; c < 3 && count > 0; c++) {
                coarse[3 * t + c] /= count;
            }
        }
        float[] around = filled(half, coarse, known);
        for (int t = 0; t < painted.length; t++) {
            if (!painted[t]) {
                int from = 3 * (t / size / 2 * half + t % size / 2);
                System.arraycopy(around, from, full, 3 * t, 3);
            }
        }
        return full;
    }

    private void addLevels(Level first) {
        Level level = first;
        levels.add(level);
        while (level.width > 1 && level.height > 1) {
            level = half(level);
            levels.add(level);
        }
    }

    private static Level half(Level from) {
        int width = from.width / 2;
        int height = from.height / 2;
        float[] rgb = new float[3 * width * height];
        int row = 3 * from.width;
        for (int y = 0, o = 0; y < height; y++) {
            int in = 2 * y * row;
            for (int x = 0; x < width; x++, in += 6) {
                for (int c = 0; c < 3; c++, o++) {
                    int i = in + c;
                    rgb[o] =
                            0.25f
                                    * (from.rgb[i]
                                            + from.rgb[i + 3]
                                            + from.rgb[i + row]
                                            + from.rgb[i + row + 3]);
                }
            }
        }
        return new Level(width, height, rgb);
    }

    int width() {
        return levels.get(0).width;
    }

    int height() {
        return levels.get(0).height;
    }

    /** The level whose texels are about as large as the samples, by texels a sample's side. */
    int level(double texelsPerSample) {
        int level = (int) Math.round(Math.log(Math.max(1, texelsPerSample)) / Math.log(2));
        return Math.min(level, levels.size() - 1);
    }

    /**
     * Bilinear.
     *
     * @param dest gets linear RGB in its first three places
     */
    void sample(int levelIndex, float u, float v, float[] dest) {
        Level level = levels.get(levelIndex);
        float x = u * level.width - 0.5f;
        float y = v * level.height - 0.5f;
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float fx = x - left;
        float fy = y - top;
        int x0 = 3 * Math.floorMod(left, level.width);
        int x1 = 3 * Math.floorMod(left + 1, level.width);
        int y0 = 3 * level.width * Math.floorMod(top, level.height);
        int y1 = 3 * level.width * Math.floorMod(top + 1, level.height);
        float[] rgb = level.rgb;
        for (int c = 0; c < 3; c++) {
            float a = rgb[y0 + x0 + c] + fx * (rgb[y0 + x1 + c] - rgb[y0 + x0 + c]);
            float b = rgb[y1 + x0 + c] + fx * (rgb[y1 + x1 + c] - rgb[y1 + x0 + c]);
            dest[c] = a + fy * (b - a);
        }
    }
}
