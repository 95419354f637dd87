/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.util.Arrays;
import org.inverso.api.image.Image;
import org.inverso.api.image.Plane;

/**
 * Separable resampling with {@link Taps}, on sRGB values as they are stored.
 *
 * <p>Colour is averaged with the picture's own alpha as further weight, so transparent pixels do
 * not bleed into their neighbours; a matte given apart does not weigh on colour. One destination
 * row at a time; source rows that two destination rows share are kept.
 */
public final class Resampler {

    /** Running sums of a pixel: red, green, blue, their weight, alpha, its weight. */
    private static final int SUMS = 6;

    private final Image image;
    private final float[] matte;
    private final Taps across;
    private final Taps down;
    private final int width;

    /** The last two source rows, resampled across. */
    private final float[][] rows;

    private final int[] rowIndex = {-1, -1};

    private Resampler(Image image, Plane matte, Taps across, Taps down) {
        this.image = image;
        this.matte = matte == null ? null : matte.values();
        this.across = across;
        this.down = down;
        width = across.first.length;
        rows = new float[2][width * SUMS];
    }

    /** Outside the image is transparent black. */
    public static Image crop(
            Image image, Plane matte, double x, double y, double regionSize, int size) {
        return new Resampler(
                        image,
                        matte,
                        Taps.of(image.width(), x, regionSize, size),
                        Taps.of(image.height(), y, regionSize, size))
                .run(false);
    }

    /** Beyond the border goes on what is at the border. */
    public static Image resize(Image image, int width, int height) {
        return new Resampler(
                        image,
                        null,
                        Taps.of(image.width(), 0, image.width(), width),
                        Taps.of(image.height(), 0, image.height(), height))
                .run(true);
    }

    private Image run(boolean extended) {
        int height = down.first.length;
        byte[] rgba = new byte[Math.multiplyExact(4, Math.multiplyExact(width, height))];
        float[] sums = new float[width * SUMS];
        for (int j = 0; j < height; j++) {
            Arrays.fill(sums, 0);
            for (int k = 0; k < down.count[j]; k++) {
                float weight = down.weights[j * down.stride + k];
                float[] row = row(down.first[j] + k);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += weight * row[i];
                }
            }
            finish(sums, extended, rgba, 4 * j * width);
        }
        return new Image(width, height, rgba);
    }

    private float[] row(int y) {
        int slot = y & 1;
        if (rowIndex[slot] != y) {
            rowIndex[slot] = y;
            resampleAcross(y, rows[slot]);
        }
        return rows[slot];
    }

    private void resampleAcross(int y, float[] dest) {
        byte[] rgba = image.rgba();
        int rowStart = y * image.width();
        for (int i = 0; i < width; i++) {
            float red = 0;
            float green = 0;
            float blue = 0;
            float colorWeight = 0;
            float alpha = 0;
            float alphaWeight = 0;
            int tap = i * across.stride;
            int pixel = rowStart + across.first[i];
            for (int k = across.count[i]; k > 0; k--, tap++, pixel++) {
                float weight = across.weights[tap];
                int at = 4 * pixel;
                float own = (rgba[at + 3] & 0xff) * (1 / 255f);
                float colored = weight * own;
                red += colored * (rgba[at] & 0xff);
                green += colored * (rgba[at + 1] & 0xff);
                blue += colored * (rgba[at + 2] & 0xff);
                colorWeight += colored;
                alpha += weight * (matte == null ? own : matte[pixel]);
                alphaWeight += weight;
            }
            int to = i * SUMS;
            dest[to] = red;
            dest[to + 1] = green;
            dest[to + 2] = blue;
            dest[to + 3] = colorWeight;
            dest[to + 4] = alpha;
            dest[to + 5] = alphaWeight;
        }
    }

    private void finish(float[] sums, boolean extended, byte[] rgba, int at) {
        for (int i = 0, to = at; i < sums.length; i += SUMS, to += 4) {
            float colorWeight = sums[i + 3];
            if (colorWeight > 0) {
                rgba[to] = toByte(sums[i] / colorWeight);
                rgba[to + 1] = toByte(sums[i + 1] / colorWeight);
                rgba[to + 2] = toByte(sums[i + 2] / colorWeight);
            }
            float alpha = extended ? sums[i + 4] / sums[i + 5] : sums[i + 4];
            rgba[to + 3] = toByte(255 * alpha);
        }
    }

    private static byte toByte(float value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
