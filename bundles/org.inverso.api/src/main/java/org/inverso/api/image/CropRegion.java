/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.image;

import org.joml.Matrix4f;

/**
 * A square of a photo, in pixels; it may reach over the photo's borders.
 *
 * @param x left edge
 * @param y top edge
 * @param size side
 */
public record CropRegion(float x, float y, float size) {

    /** Part of the crop's side that the longer side of the object's bounding box takes up. */
    public static final float FILL = 0.8f;

    /**
     * The square that networks and refiner see: centred on the bounding box of the matte's object,
     * so that the box's longer side takes up {@link #FILL} of it.
     *
     * @throws IllegalArgumentException when no pixel reaches {@link Matte#THRESHOLD}
     */
    public static CropRegion around(Plane alpha) {
        int left = alpha.width();
        int right = -1;
        int top = alpha.height();
        int bottom = -1;
        for (int y = 0; y < alpha.height(); y++) {
            for (int x = 0; x < alpha.width(); x++) {
                if (alpha.get(x, y) >= Matte.THRESHOLD) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        if (right < 0) {
            throw new IllegalArgumentException("the matte is empty");
        }
        float side = Math.max(right + 1 - left, bottom + 1 - top) / FILL;
        return new CropRegion((left + right + 1 - side) / 2, (top + bottom + 1 - side) / 2, side);
    }

    /**
     * Takes clip coordinates of this crop to clip coordinates of the whole photo; multiply it on
     * the left of a projection matrix.
     *
     * @return {@code dest}
     */
    public Matrix4f toPhoto(int photoWidth, int photoHeight, Matrix4f dest) {
        float sx = size / photoWidth;
        float sy = size / photoHeight;
        float cx = 2 * (x + size / 2) / photoWidth - 1;
        float cy = 1 - 2 * (y + size / 2) / photoHeight;
        return dest.set(sx, 0, 0, 0, 0, sy, 0, 0, 0, 0, 1, 0, cx, cy, 0, 1);
    }
}
