/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.Arrays;

/**
 * Solves {@code (I + lambda L) x = b} by conjugate gradients with the diagonal as preconditioner.
 *
 * <p>With b a displacement it is one step of implicit fairing (Desbrun et al. 1999). As a change of
 * variables, {@code x = (I + lambda L)^-1 u}, it lets plain gradient descent on u move a surface
 * smoothly (Nicolet et al. 2021, "Large Steps in Inverse Rendering of Geometry"; lambda about 20
 * with uniform weights); as the matrix is symmetric, the same call takes dLoss/dx to dLoss/du.
 *
 * <p>Owns its scratch memory: not safe for use by several threads at once, allocates nothing after
 * construction.
 */
public final class ImplicitSmoothing {

    private final Laplacian laplacian;
    private final float lambda;
    private final float tolerance;
    private final int maxIterations;
    private final float[] residual;
    private final float[] direction;
    private final float[] product;
    private final float[] inverseDiagonal;

    /**
     * @param lambda strength, 0 or more
     */
    public ImplicitSmoothing(Laplacian laplacian, float lambda) {
        this(laplacian, lambda, 1e-4f, 500);
    }

    /**
     * @param tolerance of the residual's length relative to the right side's
     * @param maxIterations after which the solution is taken as it is
     */
    public ImplicitSmoothing(
            Laplacian laplacian, float lambda, float tolerance, int maxIterations) {
        if (!(lambda >= 0) || !(tolerance > 0) || maxIterations < 1) {
            throw new IllegalArgumentException(
                    "lambda must be 0 or more, tolerance and maxIterations positive");
        }
        this.laplacian = laplacian;
        this.lambda = lambda;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
        int n = 3 * laplacian.count();
        residual = new float[n];
        direction = new float[n];
        product = new float[n];
        inverseDiagonal = new float[n];
        for (int i = 0; i < n; i++) {
            inverseDiagonal[i] = 1 / (1 + lambda * laplacian.degree(i / 3));
        }
    }

    /**
     * @param b {@code float[W*3]}
     * @param x {@code float[W*3]}, overwritten with the solution; may be {@code b}
     * @return {@code x}
     */
    public float[] solve(float[] b, float[] x) {
        int n = residual.length;
        System.arraycopy(b, 0, residual, 0, n);
        Arrays.fill(x, 0, n, 0);
        double norm = dot(residual, residual);
        double rho = 0;
        for (int i = 0; i < n; i++) {
            direction[i] = inverseDiagonal[i] * residual[i];
            rho += (double) residual[i] * direction[i];
        }
        double enough = norm * tolerance * tolerance;
        for (int iteration = 0; iteration < maxIterations && norm > enough; iteration++) {
            laplacian.apply(direction, product);
            for (int i = 0; i < n; i++) {
                product[i] = direction[i] + lambda * product[i];
            }
            float alpha = (float) (rho / dot(direction, product));
            for (int i = 0; i < n; i++) {
                x[i] += alpha * direction[i];
                residual[i] -= alpha * product[i];
            }
            norm = dot(residual, residual);
            double next = 0;
            for (int i = 0; i < n; i++) {
                next += (double) residual[i] * residual[i] * inverseDiagonal[i];
            }
            float beta = (float) (next / rho);
            rho = next;
            for (int i = 0; i < n; i++) {
                direction[i] = inverseDiagonal[i] * residual[i] + beta * direction[i];
            }
        }
        return x;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
