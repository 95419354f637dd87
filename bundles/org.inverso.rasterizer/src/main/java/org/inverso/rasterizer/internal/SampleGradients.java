/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterUpstream;

/**
 * Gradients with regard to samples, from those with regard to the images; and which uncovered
 * samples have a gradient of their soft mask. Memory: O(samples).
 */
final class SampleGradients {
    private final Frame frame;
    private final Resolve resolve;

    /** Finds the soft samples of a row. */
    final WorkerPool.Task collecting = this::collectRow;

    /** As in {@link Frame}, null for zeros. Of colour before antialiasing. */
    float[] color;

    /** Of colour after antialiasing; null without. */
    float[] blendedColor;

    float[] attributes;
    float[] depth;
    float[] barycentric;
    private float[] softMask;

    /** Words of a row in {@link #soft}. */
    final int words;

    /** One bit a sample that has a gradient of its soft mask; {@code long[B*H*words]}. */
    final long[] soft;

    SampleGradients(Frame frame, Resolve resolve) {
        this.frame = frame;
        this.resolve = resolve;
        words = (frame.grid.width + 63) / 64;
        soft = new long[frame.soft() ? rows() * words : 0];
    }

    void bind(RasterUpstream from) {
        RasterUpstream upstream = resolve.toSamples(from);
        color = frame.shaded == null ? null : upstream.color;
        blendedColor = null;
        attributes = frame.attributes == null ? null : upstream.attributes;
        depth = upstream.depth;
        barycentric = upstream.barycentric;
        softMask = frame.soft() ? upstream.softMask : null;
    }

    /** Rows in all views. */
    int rows() {
        return frame.grid.views * frame.grid.height;
    }

    boolean hasSoft() {
        return softMask != null;
    }

    boolean hasHard() {
        return color != null || attributes != null || depth != null || barycentric != null;
    }

    /** Gradient times product of 1 - A. */
    float softFactor(int sample) {
        return softMask[sample] * frame.miss[sample];
    }

    private void collectRow(int row, int worker) {
        if (softMask == null) {
            return;
        }
        int width = frame.grid.width;
        int s = row * width;
        for (int w = 0; w < words; w++) {
            long bits = 0;
            int n = Math.min(64, width - 64 * w);
            for (int b = 0; b < n; b++, s++) {
                if (frame.faceIndex[s] < 0 && frame.softMask[s] > 0 && softFactor(s) != 0) {
                    bits |= 1L << b;
                }
            }
            soft[row * words + w] = bits;
        }
    }
}
