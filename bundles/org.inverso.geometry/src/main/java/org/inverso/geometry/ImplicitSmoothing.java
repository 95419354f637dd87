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
        inverseDiagonal = new float[laplacian.count()];
        for (int w = 0; w < inverseDiagonal.length; w++) {
            inverseDiagonal[w] = 1 / (1 + lambda * laplacian.degree(w));
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
        Arrays.fill(direction, 0);
        Lengths now = new Lengths();
        now.ofResidual();
        turn(0);
        double enough = now.square * tolerance * tolerance;
        for (int iteration = 0; iteration < maxIterations && now.square > enough; iteration++) {
            laplacian.apply(direction, product);
            advance(x, (float) (now.preconditioned / curvature()));
            double before = now.preconditioned;
            now.ofResidual();
            turn((float) (now.preconditioned / before));
        }
        return x;
    }

    /**
     * Squared lengths of the residual. Sums are kept by channel, which lets them run side by side.
     */
    private final class Lengths {
        private double square;
        private double preconditioned;

        void ofResidual() {
            double x = 0;
            double y = 0;
            double z = 0;
            double weighted = 0;
            for (int w = 0; w < inverseDiagonal.length; w++) {
                double rx = residual[3 * w];
                double ry = residual[3 * w + 1];
                double rz = residual[3 * w + 2];
                x += rx * rx;
                y += ry * ry;
                z += rz * rz;
                weighted += inverseDiagonal[w] * (rx * rx + ry * ry + rz * rz);
            }
            square = x + y + z;
            preconditioned = weighted;
        }
    }

    /** Makes the product that of the whole matrix; its length along the direction. */
    private double curvature() {
        double x = 0;
        double y = 0;
        double z = 0;
        for (int i = 0; i < direction.length; i += 3) {
            product[i] = direction[i] + lambda * product[i];
            product[i + 1] = direction[i + 1] + lambda * product[i + 1];
            product[i + 2] = direction[i + 2] + lambda * product[i + 2];
            x += (double) direction[i] * product[i];
            y += (double) direction[i + 1] * product[i + 1];
            z += (double) direction[i + 2] * product[i + 2];
        }
        return x + y + z;
    }

    private void advance(float[] x, float alpha) {
        for (int i = 0; i < direction.length; i++) {
            x[i] += alpha * direction[i];
            residual[i] -= alpha * product[i];
        }
    }

    private void turn(float beta) {
        for (int w = 0; w < inverseDiagonal.length; w++) {
            float inverse = inverseDiagonal[w];
            for (int i = 3 * w; i < 3 * w + 3; i++) {
                direction[i] = inverse * residual[i] + beta * direction[i];
            }
        }
    }
}
