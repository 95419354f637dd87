/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * Sums of b_k q over a face's samples, for each number q of a sample and each corner k. One
 * worker's.
 */
final class Moments {
    private static final int LISTED = 256;

    private final int[] sample = new int[LISTED];
    private final double[] b0 = new double[LISTED];
    private final double[] b1 = new double[LISTED];
    private final double[] b2 = new double[LISTED];
    private int listed;
    private int stride;

    /** {@code double[3*stride]}. */
    private double[] sums = new double[0];

    /**
     * @param numbers a sample, a multiple of four
     */
    void bind(int numbers) {
        stride = numbers;
        if (sums.length < 3 * stride) {
            sums = new double[3 * stride];
        }
    }

    void clear() {
        for (int i = 0; i < 3 * stride; i++) {
            sums[i] = 0;
        }
    }

    /** A corner's sum, after {@link #finish}. */
    double of(int corner, int number) {
        return sums[corner * stride + number];
    }

    void add(float[] values, int s, float[] barycentric) {
        if (listed == LISTED) {
            finish(values);
        }
        sample[listed] = s * stride;
        b0[listed] = barycentric[3 * s];
        b1[listed] = barycentric[3 * s + 1];
        b2[listed++] = barycentric[3 * s + 2];
    }

    /** Adds up what is listed. */
    void finish(float[] values) {
        for (int from = 0; from < stride; from += 4) {
            addFour(values, from);
        }
        listed = 0;
    }

    /** Four numbers at a time: as many sums as there are registers for. */
    private void addFour(float[] values, int from) {
        double s00 = 0;
        double s01 = 0;
        double s02 = 0;
        double s03 = 0;
        double s10 = 0;
        double s11 = 0;
        double s12 = 0;
        double s13 = 0;
        double s20 = 0;
        double s21 = 0;
        double s22 = 0;
        double s23 = 0;
        int n = listed;
        for (int i = 0; i < n; i++) {
            int o = sample[i] + from;
            double q0 = values[o];
            double q1 = values[o + 1];
            double q2 = values[o + 2];
            double q3 = values[o + 3];
            double w0 = b0[i];
            double w1 = b1[i];
            double w2 = b2[i];
            s00 += w0 * q0;
            s01 += w0 * q1;
            s02 += w0 * q2;
            s03 += w0 * q3;
            s10 += w1 * q0;
            s11 += w1 * q1;
            s12 += w1 * q2;
            s13 += w1 * q3;
            s20 += w2 * q0;
            s21 += w2 * q1;
            s22 += w2 * q2;
            s23 += w2 * q3;
        }
        addTo(from, s00, s01, s02, s03);
        addTo(stride + from, s10, s11, s12, s13);
        addTo(2 * stride + from, s20, s21, s22, s23);
    }

    private void addTo(int o, double a, double b, double c, double d) {
        sums[o] += a;
        sums[o + 1] += b;
        sums[o + 2] += c;
        sums[o + 3] += d;
    }
}
