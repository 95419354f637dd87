/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.stream.IntStream;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;

/**
 * The object's pixels of a photo as a mip pyramid in linear light, premultiplied with how far
 * inside the matte each pixel lies. A pixel on or outside the matte's border has weight 0 and so
 * cannot bleed into any sample, on any level.
 */
final class PhotoPyramid {

    /** Pixels of the finest level for each texel of the atlas' side; finer ones are averaged. */
    private static final float OVERSAMPLING = 1.5f;

    /** Width of the border that is left out, part of the region's side. */
    private static final float BORDER = 0.004f;

    private final float left;
    private final float top;
    private final int reduction;
    private final int levels;
    private final int[] width;
    private final int[] height;
    private final float[][] rgbw;

    PhotoPyramid(Photo photo, Matte matte, CropRegion region, int textureSize) {
        Image image = photo.image();
        int x0 = clamp((int) Math.floor(region.x()), 0, image.width() - 1);
        int y0 = clamp((int) Math.floor(region.y()), 0, image.height() - 1);
        int x1 = clamp((int) Math.ceil(region.x() + region.size()), x0 + 1, image.width());
        int y1 = clamp((int) Math.ceil(region.y() + region.size()), y0 + 1, image.height());
        left = x0;
        top = y0;
        reduction = Math.max(1, (int) (region.size() / (OVERSAMPLING * textureSize)));
        int w = (x1 - x0 + reduction - 1) / reduction;
        int h = (y1 - y0 + reduction - 1) / reduction;
        levels = 32 - Integer.numberOfLeadingZeros(Math.max(w, h));
        width = new int[levels];
        height = new int[levels];
        rgbw = new float[levels][];
        float border = Math.max(1.5f, BORDER * region.size() / reduction);
        float[] inside = insideWeights(matte.alpha(), x0, y0, w, h, border);
        width[0] = w;
        height[0] = h;
        rgbw[0] = finest(image, inside, x0, y0, x1, y1);
        for (int level = 1; level < levels; level++) {
            halve(level);
        }
    }

    /** 0 up to {@code border} pixels from the outside, 1 from twice that on. */
    private float[] insideWeights(Plane alpha, int x0, int y0, int w, int h, float border) {
        float[] distance = new float[w * h];
        float far = 4 * border;
        for (int y = 0; y < h; y++) {
            int sy = Math.min(alpha.height() - 1, y0 + y * reduction + reduction / 2);
            for (int x = 0; x < w; x++) {
                int sx = Math.min(alpha.width() - 1, x0 + x * reduction + reduction / 2);
                distance[y * w + x] = alpha.get(sx, sy) >= Matte.THRESHOLD ? far : 0;
            }
        }
        ChamferDistance.propagate(distance, w, h);
        for (int i = 0; i < distance.length; i++) {
            distance[i] = Ramp.smooth((distance[i] - border) / border);
        }
        return distance;
    }

    private float[] finest(Image image, float[] inside, int x0, int y0, int x1, int y1) {
        int w = width[0];
        float[] dest = new float[4 * inside.length];
        byte[] rgba = image.rgba();
        IntStream.range(0, height[0])
                .parallel()
                .forEach(
                        y -> {
                            int fromY = y0 + y * reduction;
                            int toY = Math.min(y1, fromY + reduction);
                            for (int x = 0; x < w; x++) {
                                float weight = inside[y * w + x];
                                if (weight == 0) {
                                    continue;
                                }
                                int fromX = x0 + x * reduction;
                                int toX = Math.min(x1, fromX + reduction);
                                float r = 0;
                                float g = 0;
                                float b = 0;
                                for (int sy = fromY; sy < toY; sy++) {
                                    for (int sx = fromX; sx < toX; sx++) {
                                        int s = 4 * (sy * image.width() + sx);
                                        r += SrgbCurve.linear(rgba[s] & 0xff);
                                        g += SrgbCurve.linear(rgba[s + 1] & 0xff);
                                        b += SrgbCurve.linear(rgba[s + 2] & 0xff);
                                    }
                                }
                                float scale = weight / ((toX - fromX) * (toY - fromY));
                                int o = 4 * (y * w + x);
                                dest[o] = r * scale;
                                dest[o + 1] = g * scale;
                                dest[o + 2] = b * scale;
                                dest[o + 3] = weight;
                            }
                        });
        return dest;
    }

    private void halve(int level) {
        int fw = width[level - 1];
        int fh = height[level - 1];
        int w = (fw + 1) / 2;
        int h = (fh + 1) / 2;
        float[] fine = rgbw[level - 1];
        float[] dest = new float[4 * w * h];
        for (int y = 0; y < h; y++) {
            int upper = 2 * y * fw;
            int lower = Math.min(fh - 1, 2 * y + 1) * fw;
            for (int x = 0; x < w; x++) {
                int l = 2 * x;
                int r = Math.min(fw - 1, 2 * x + 1);
                for (int c = 0; c < 4; c++) {
                    dest[4 * (y * w + x) + c] =
                            0.25f
                                    * (fine[4 * (upper + l) + c]
                                            + fine[4 * (upper + r) + c]
                                            + fine[4 * (lower + l) + c]
                                            + fine[4 * (lower + r) + c]);
                }
            }
        }
        width[level] = w;
        height[level] = h;
        rgbw[level] = dest;
    }

    /** Level on which a pixel covers the given number of the photo's pixels. */
    float levelOf(double photoPixels) {
        double pixels = photoPixels / ((double) reduction * reduction);
        return (float) Math.max(0, Math.min(levels - 1, 0.5 * Math.log(pixels) / Math.log(2)));
    }

    /**
     * Trilinear sample.
     *
     * @param x in the photo, pixels; the centre of the first pixel is 0.5
     * @param y in the photo, pixels
     * @param dest linear RGB premultiplied with the weight, and the weight; zeros outside
     */
    void sample(float x, float y, float level, float[] dest) {
        dest[0] = 0;
        dest[1] = 0;
        dest[2] = 0;
        dest[3] = 0;
        int lower = (int) level;
        float part = level - lower;
        float px = (x - left) / reduction;
        float py = (y - top) / reduction;
        if (!(px >= 0) || !(py >= 0) || px > width[0] || py > height[0]) {
            return;
        }
        add(lower, px, py, 1 - part, dest);
        if (part > 0) {
            add(lower + 1, px, py, part, dest);
        }
    }

    private void add(int level, float px, float py, float share, float[] dest) {
        float scale = 1f / (1 << level);
        int w = width[level];
        int h = height[level];
        float fx = Math.max(0, Math.min(w - 1, px * scale - 0.5f));
        float fy = Math.max(0, Math.min(h - 1, py * scale - 0.5f));
        int x = Math.min((int) fx, Math.max(0, w - 2));
        int y = Math.min((int) fy, Math.max(0, h - 2));
        float ax = fx - x;
        float ay = fy - y;
        int right = w > 1 ? 4 : 0;
        int below = h > 1 ? 4 * w : 0;
        float[] a = rgbw[level];
        int o = 4 * (y * w + x);
        float w00 = share * (1 - ax) * (1 - ay);
        float w10 = share * ax * (1 - ay);
        float w01 = share * (1 - ax) * ay;
        float w11 = share * ax * ay;
        for (int c = 0; c < 4; c++) {
            dest[c] +=
                    w00 * a[o + c]
                            + w10 * a[o + right + c]
                            + w01 * a[o + below + c]
                            + w11 * a[o + below + right + c];
        }
    }

    private static int clamp(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }
}
