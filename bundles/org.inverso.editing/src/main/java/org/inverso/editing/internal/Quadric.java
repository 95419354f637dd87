/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing.internal;

/**
 * Sum of squared distances from planes, each with a weight (Garland and Heckbert, "Surface
 * simplification using quadric error metrics", 1997).
 *
 * <pre>
 *   error(p) = sum_i w_i (n_i . p + d_i)^2 = p^T A p + 2 b^T p + c
 * </pre>
 */
final class Quadric {

    private double xx;
    private double xy;
    private double xz;
    private double yy;
    private double yz;
    private double zz;
    private double bx;
    private double by;
    private double bz;
    private double c;

    /** Adds the plane through a point with a unit normal. */
    void add(double nx, double ny, double nz, double px, double py, double pz, double weight) {
        double d = -(nx * px + ny * py + nz * pz);
        xx += weight * nx * nx;
        xy += weight * nx * ny;
        xz += weight * nx * nz;
        yy += weight * ny * ny;
        yz += weight * ny * nz;
        zz += weight * nz * nz;
        bx += weight * d * nx;
        by += weight * d * ny;
        bz += weight * d * nz;
        c += weight * d * d;
    }

    void add(Quadric other) {
        xx += other.xx;
        xy += other.xy;
        xz += other.xz;
        yy += other.yy;
        yz += other.yz;
        zz += other.zz;
        bx += other.bx;
        by += other.by;
        bz += other.bz;
        c += other.c;
    }

    double error(double x, double y, double z) {
        double error =
                x * (xx * x + 2 * (xy * y + xz * z + bx))
                        + y * (yy * y + 2 * (yz * z + by))
                        + z * (zz * z + 2 * bz)
                        + c;
        return Math.max(0, error);
    }
}
