/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

/**
 * Which source pixels make up each destination pixel along one axis, and with which weights.
 *
 * <p>A destination pixel covers {@code scale} source pixels. When that is at least 1, every source
 * pixel weighs as much as the part of it that is covered (area average); when it is less, the two
 * source pixels whose centres lie around the destination pixel's centre are mixed (bilinear).
 * Weights of one destination pixel add up to 1 over an endless source; what falls outside the real
 * one is left out, so that the sum tells the part of the pixel that lies inside.
 */
public final class Taps {

    final int[] first;

    final int[] count;

    /** {@code weights[i * stride + k]} belongs to source {@code first[i] + k}. */
    final float[] weights;

    final int stride;

    private Taps(int size, int stride) {
        first = new int[size];
        count = new int[size];
        weights = new float[size * stride];
        this.stride = stride;
    }

    /**
     * @param source number of source pixels
     * @param start source coordinate of the destination's left edge
     * @param length source length that the destination covers
     * @param size number of destination pixels
     */
    public static Taps of(int source, double start, double length, int size) {
        double scale = length / size;
        boolean shrinking = scale >= 1;
        Taps taps = new Taps(size, shrinking ? (int) Math.ceil(scale) + 2 : 2);
        for (int i = 0; i < size; i++) {
            if (shrinking) {
                taps.area(i, source, start + i * scale, start + (i + 1) * scale);
            } else {
                taps.linear(i, source, start + (i + 0.5) * scale - 0.5);
            }
        }
        return taps;
    }

    /** First source index of destination i. */
    public int first(int i) {
        return first[i];
    }

    /** Number of source pixels of destination i; 0 when all lie outside. */
    public int count(int i) {
        return count[i];
    }

    /** Weight of source pixel {@code first(i) + k}. */
    public float weight(int i, int k) {
        return weights[i * stride + k];
    }

    /** Sum of destination i's weights: the part of it that lies inside the source. */
    public float sum(int i) {
        float sum = 0;
        for (int k = 0; k < count[i]; k++) {
            sum += weight(i, k);
        }
        return sum;
    }

    private void area(int i, int source, double from, double to) {
        int begin = (int) Math.max(0, Math.floor(Math.min(from, source)));
        int end = (int) Math.min(source, Math.ceil(Math.max(to, 0)));
        first[i] = begin;
        count[i] = Math.max(0, end - begin);
        for (int s = begin; s < end; s++) {
            double covered = Math.min(to, s + 1) - Math.max(from, s);
            weights[i * stride + s - begin] = (float) (Math.max(0, covered) / (to - from));
        }
    }

    private void linear(int i, int source, double centre) {
        int below = (int) Math.floor(Math.max(-2, Math.min(source + 1, centre)));
        double above = Math.max(0, Math.min(1, centre - below));
        int begin = Math.max(0, Math.min(source, below));
        int end = Math.max(begin, Math.min(source, below + 2));
        first[i] = begin;
        count[i] = end - begin;
        for (int s = begin; s < end; s++) {
            weights[i * stride + s - begin] = (float) (s == below ? 1 - above : above);
        }
    }
}
