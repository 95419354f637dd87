/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import org.inverso.api.image.CropRegion;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;

/** An object without its background, to be put into another picture. */
final class Sprite {

    /** Red, green, blue, alpha and shadow, all 0 to 1. */
    static final int CHANNELS = 5;

    private final int width;
    private final int height;
    private final int[] argb;
    private final byte[] shadow;
    private final float centreX;
    private final float centreY;
    private final float longest;

    private Sprite(Picture picture, byte[] shadow, float centreX, float centreY, float longest) {
        this.width = picture.width();
        this.height = picture.height();
        this.argb = picture.rgb();
        this.shadow = shadow;
        this.centreX = centreX;
        this.centreY = centreY;
        this.longest = longest;
    }

    /** A rendering. */
    static Sprite of(Cutout cutout) {
        int size = Cutout.SIZE;
        int[] argb = new int[size * size];
        byte[] rgba = cutout.rgba();
        for (int i = 0; i < argb.length; i++) {
            argb[i] =
                    (rgba[4 * i + 3] & 255) << 24
                            | (rgba[4 * i] & 255) << 16
                            | (rgba[4 * i + 1] & 255) << 8
                            | rgba[4 * i + 2] & 255;
        }
        return new Sprite(
                new Picture(size, size, argb),
                cutout.shadow(),
                size / 2f,
                size / 2f,
                CropRegion.FILL * size);
    }

    /** The object of a photo whose alpha tells where it is; it casts no shadow. */
    static Sprite of(Picture photo) {
        int left = photo.width();
        int right = 0;
        int top = photo.height();
        int bottom = 0;
        for (int y = 0; y < photo.height(); y++) {
            for (int x = 0; x < photo.width(); x++) {
                if (photo.rgb()[y * photo.width() + x] >>> 24 >= 128) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return new Sprite(
                photo,
                null,
                (left + right) / 2f,
                (top + bottom) / 2f,
                Math.max(1, Math.max(right - left, bottom - top)));
    }

    /**
     * Reads one point, bilinear.
     *
     * @param u from the object's centre to the right, in units of the longer side of its box
     * @param v downwards
     * @param dest straight colour, alpha, and how much darker the ground gets
     */
    void sample(float u, float v, float[] dest) {
        float x = u * longest + centreX - 0.5f;
        float y = v * longest + centreY - 0.5f;
        dest[3] = 0;
        dest[4] = 0;
        if (x <= -1 || y <= -1 || x >= width || y >= height) {
            return;
        }
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        float fx = x - x0;
        float fy = y - y0;
        float red = 0;
        float green = 0;
        float blue = 0;
        float alpha = 0;
        for (int k = 0; k < 4; k++) {
            int ix = Math.max(0, Math.min(width - 1, x0 + (k & 1)));
            int iy = Math.max(0, Math.min(height - 1, y0 + (k >> 1)));
            int color = argb[iy * width + ix];
            // Weighted by alpha, so that what lies around the object does not bleed into it.
            float weight =
                    ((k & 1) == 0 ? 1 - fx : fx)
                            * ((k >> 1) == 0 ? 1 - fy : fy)
                            * (color >>> 24)
                            / 255f;
            red += weight * (color >> 16 & 255);
            green += weight * (color >> 8 & 255);
            blue += weight * (color & 255);
            alpha += weight;
        }
        if (alpha > 0) {
            dest[0] = red / (255 * alpha);
            dest[1] = green / (255 * alpha);
            dest[2] = blue / (255 * alpha);
            dest[3] = alpha;
        }
        if (shadow != null) {
            int sx = Math.max(0, Math.min(width - 1, x0)) * Cutout.SHADOW / width;
            int sy = Math.max(0, Math.min(height - 1, y0)) * Cutout.SHADOW / height;
            dest[4] = (shadow[sy * Cutout.SHADOW + sx] & 255) / 255f;
        }
    }
}
