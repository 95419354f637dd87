/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import org.inverso.api.image.Plane;
import org.inverso.imaging.internal.Taps;

/** Resampling of single channels, with the same weights as {@link ImageIoImaging#resize}. */
public final class PlaneResampler {

    private PlaneResampler() {}

    /**
     * Area-averaged along an axis that shrinks, bilinear along one that grows.
     *
     * @return the plane itself when it has the size already
     */
    public static Plane resize(Plane plane, int width, int height) {
        if (width == plane.width() && height == plane.height()) {
            return plane;
        }
        Taps across = Taps.of(plane.width(), 0, plane.width(), width);
        Taps down = Taps.of(plane.height(), 0, plane.height(), height);
        float[] narrowed = new float[Math.multiplyExact(width, plane.height())];
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = 0; k < across.count(x); k++) {
                    sum += across.weight(x, k) * plane.get(across.first(x) + k, y);
                }
                narrowed[y * width + x] = sum / across.sum(x);
            }
        }
        float[] values = new float[Math.multiplyExact(width, height)];
        for (int y = 0; y < height; y++) {
            float sum = down.sum(y);
            for (int k = 0; k < down.count(y); k++) {
                float weight = down.weight(y, k) / sum;
                int from = (down.first(y) + k) * width;
                for (int x = 0; x < width; x++) {
                    values[y * width + x] += weight * narrowed[from + x];
                }
            }
        }
        return new Plane(width, height, values);
    }
}
