/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Eigenvalues and square roots of symmetric matrices, {@code double[n*n]}. */
public final class SymmetricMatrix {

    private static final int MOST_SWEEPS = 60;
    private static final double SMALL = 1e-22;

    private final int n;
    private final double[] a;
    private final double[] vectors;

    /** Takes it apart by Jacobi's rotations (Golub and Van Loan 2013, section 8.5). */
    public SymmetricMatrix(double[] matrix, int n) {
        this.n = n;
        this.a = matrix.clone();
        this.vectors = new double[n * n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            vectors[i * n + i] = 1;
        }
        for (double value : a) {
            total += value * value;
        }
        for (int sweep = 0; sweep < MOST_SWEEPS && outside() > SMALL * total; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(p, q);
                }
            }
        }
    }

    private double outside() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                sum += a[i * n + j] * a[i * n + j];
            }
        }
        return sum;
    }

    private void rotate(int p, int q) {
        double off = a[p * n + q];
        if (off == 0) {
            return;
        }
        double tau = (a[q * n + q] - a[p * n + p]) / (2 * off);
        double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double c = 1 / Math.sqrt(1 + t * t);
        double s = t * c;
        for (int k = 0; k < n; k++) {
            double kp = a[k * n + p];
            double kq = a[k * n + q];
            a[k * n + p] = c * kp - s * kq;
            a[k * n + q] = s * kp + c * kq;
        }
        for (int k = 0; k < n; k++) {
            double pk = a[p * n + k];
            double qk = a[q * n + k];
            a[p * n + k] = c * pk - s * qk;
            a[q * n + k] = s * pk + c * qk;
            double pv = vectors[p * n + k];
            double qv = vectors[q * n + k];
            vectors[p * n + k] = c * pv - s * qv;
            vectors[q * n + k] = s * pv + c * qv;
        }
    }

    /**
     * Eigenvectors of length 1, those of the largest eigenvalues first, times the roots of these.
     *
     * @return {@code double[count][n]}
     */
    public double[][] principal(int count) {
        List<Integer> largestFirst =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(e -> -a[e * n + e]))
                        .toList();
        double[][] principal = new double[count][n];
        for (int k = 0; k < count; k++) {
            int e = largestFirst.get(k);
            double value = Math.sqrt(Math.max(0, a[e * n + e]));
            for (int i = 0; i < n; i++) {
                principal[k][i] = value * vectors[e * n + i];
            }
        }
        return principal;
    }

    /** The symmetric root; eigenvalues below 0, which are rounding errors, count as 0. */
    double[] root() {
        double[] root = new double[n * n];
        for (int e = 0; e < n; e++) {
            double value = Math.sqrt(Math.max(0, a[e * n + e]));
            for (int i = 0; i < n; i++) {
                double factor = value * vectors[e * n + i];
                for (int j = 0; j < n; j++) {
                    root[i * n + j] += factor * vectors[e * n + j];
                }
            }
        }
        return root;
    }

    /** Sum of the roots of the eigenvalues. */
    double traceOfRoot() {
        double sum = 0;
        for (int e = 0; e < n; e++) {
            sum += Math.sqrt(Math.max(0, a[e * n + e]));
        }
        return sum;
    }

    static double[] product(double[] a, double[] b, int n) {
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = a[i * n + k];
                for (int j = 0; j < n; j++) {
                    product[i * n + j] += factor * b[k * n + j];
                }
            }
        }
        return product;
    }
}
