/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.net.internal;

import java.util.stream.IntStream;

/**
 * Guided filter (He, Sun and Tang 2010): smooths a coarse mask while its edges follow those of a
 * grey picture. Square images.
 */
public final class GuidedFilter {

    private final int size;
    private final int radius;
    private final float epsilon;

    /**
     * @param radius of the windows, pixels
     * @param epsilon variance of the picture, unit range, below which there is no edge
     */
    public GuidedFilter(int size, int radius, float epsilon) {
        this.size = size;
        this.radius = radius;
        this.epsilon = epsilon;
    }

    /** Filters {@code mask}; both are {@code float[size*size]}. */
    public float[] filter(float[] guide, float[] mask) {
        int n = size * size;
        float[] square = new float[n];
        float[] product = new float[n];
        for (int i = 0; i < n; i++) {
            square[i] = guide[i] * guide[i];
            product[i] = guide[i] * mask[i];
        }
        float[] meanGuide = mean(guide);
        float[] meanMask = mean(mask);
        float[] slope = mean(product);
        float[] variance = mean(square);
        float[] intercept = new float[n];
        for (int i = 0; i < n; i++) {
            float covariance = slope[i] - meanGuide[i] * meanMask[i];
            slope[i] = covariance / (variance[i] - meanGuide[i] * meanGuide[i] + epsilon);
            intercept[i] = meanMask[i] - slope[i] * meanGuide[i];
        }
        float[] meanSlope = mean(slope);
        float[] meanIntercept = mean(intercept);
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = Math.max(0, Math.min(1, meanSlope[i] * guide[i] + meanIntercept[i]));
        }
        return out;
    }

    private float[] mean(float[] values) {
        return alongRows(transposed(alongRows(transposed(values))));
    }

    private float[] alongRows(float[] values) {
        float[] out = new float[values.length];
        IntStream.range(0, size).parallel().forEach(y -> alongRow(values, y * size, out));
        return out;
    }

    private void alongRow(float[] values, int row, float[] out) {
        double sum = 0;
        for (int x = 0; x < Math.min(size, radius); x++) {
            sum += values[row + x];
        }
        for (int x = 0; x < size; x++) {
            int enters = x + radius;
            int leaves = x - radius - 1;
            sum += enters < size ? values[row + enters] : 0;
            sum -= leaves >= 0 ? values[row + leaves] : 0;
            int count = Math.min(size - 1, enters) - Math.max(0, x - radius) + 1;
            out[row + x] = (float) (sum / count);
        }
    }

    private float[] transposed(float[] values) {
        float[] out = new float[values.length];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                out[x * size + y] = values[y * size + x];
            }
        }
        return out;
    }
}
