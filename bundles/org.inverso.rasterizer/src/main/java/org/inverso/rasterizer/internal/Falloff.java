/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * 1 - A for a face's share A = exp(-x), x = d^2 sigmaInv &gt;= 0, many at a time. exp(-x) is the
 * 64th power of exp(-x / 64), a polynomial: off by less than 1e-13, which {@link Math#exp} would
 * better, but the compiler turns this into vector code. At x = 0 it is exactly 0.
 */
final class Falloff {
    /** Beyond it, 1 - exp(-x) is 1. */
    private static final double LAST = 40;

    private Falloff() {}

    /** Replaces the first n exponents. */
    static void miss(double[] exponents, int n) {
        for (int i = 0; i < n; i++) {
            double y = Math.min(LAST, exponents[i]) * (1.0 / 64);
            double p = 1.0 / 720 - y * (1.0 / 5040);
            p = 1.0 / 24 - y * (1.0 / 120 - y * p);
            p = 1 - y * (1 - y * (0.5 - y * (1.0 / 6 - y * p)));
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            exponents[i] = 1 - p;
        }
    }
}
