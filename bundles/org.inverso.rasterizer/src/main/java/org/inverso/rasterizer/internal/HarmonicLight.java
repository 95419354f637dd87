/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.scene.ShLighting;

/** Nine spherical harmonics a channel. */
final class HarmonicLight extends Light {

    @Override
    void forward(float[] lights, int at, Surface surface) {
        for (int c = 0; c < 3; c++) {
            receive(lights, at + 9 * c, surface, diffuse[c]);
        }
    }

    private static void receive(float[] lights, int o, Surface surface, float[] dest) {
        float[] k = ShLighting.BASIS;
        float l0 = lights[o] * k[0];
        float l1 = lights[o + 1] * k[1];
        float l2 = lights[o + 2] * k[2];
        float l3 = lights[o + 3] * k[3];
        float l4 = lights[o + 4] * k[4];
        float l5 = lights[o + 5] * k[5];
        float l6 = lights[o + 6] * k[6];
        float l7 = lights[o + 7] * k[7];
        float l8 = lights[o + 8] * k[8];
        float[] nx = surface.nx;
        float[] ny = surface.ny;
        float[] nz = surface.nz;
        int n = surface.count;
        for (int i = 0; i < n; i++) {
            float x = nx[i];
            float y = ny[i];
            float z = nz[i];
            dest[i] =
                    l0
                            + x * (l3 + l4 * y + l8 * x)
                            + y * (l1 + l5 * z - l8 * y)
                            + (z * (l2 + l7 * x) + l6 * (3 * z * z - 1));
        }
    }

    @Override
    void backward(
            float[] lights, int at, Surface surface, float[][] gd, float[][] gs, double[] dest) {
        for (int axis = 0; axis < 3; axis++) {
            // Written before they are added to, in the first channel's turn.
            Arrays.fill(normalGradient[axis], 0, surface.count, 0);
        }
        for (int c = 0; c < 3; c++) {
            normals(lights, at + 9 * c, surface, gd[c]);
            coefficients(surface, gd[c], dest, 9 * c);
        }
    }

    private void normals(float[] lights, int o, Surface surface, float[] gd) {
        float[] k = ShLighting.BASIS;
        float l1 = lights[o + 1] * k[1];
        float l2 = lights[o + 2] * k[2];
        float l3 = lights[o + 3] * k[3];
        float xy = lights[o + 4] * k[4];
        float yz = lights[o + 5] * k[5];
        float zz = 6 * lights[o + 6] * k[6];
        float xz = lights[o + 7] * k[7];
        float xx = 2 * lights[o + 8] * k[8];
        float[] nx = surface.nx;
        float[] ny = surface.ny;
        float[] nz = surface.nz;
        float[] gx = normalGradient[0];
        float[] gy = normalGradient[1];
        float[] gz = normalGradient[2];
        int n = surface.count;
        for (int i = 0; i < n; i++) {
            gx[i] += gd[i] * (l3 + xy * ny[i] + xz * nz[i] + xx * nx[i]);
        }
        for (int i = 0; i < n; i++) {
            gy[i] += gd[i] * (l1 + xy * nx[i] + yz * nz[i] - xx * ny[i]);
        }
        for (int i = 0; i < n; i++) {
            gz[i] += gd[i] * (l2 + yz * ny[i] + zz * nz[i] + xz * nx[i]);
        }
    }

    /** Sums of at most {@link Surface#MOST} terms in float, which the caller adds up in double. */
    private static void coefficients(Surface surface, float[] gd, double[] dest, int to) {
        float[] nx = surface.nx;
        float[] ny = surface.ny;
        float[] nz = surface.nz;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        float s8 = 0;
        int n = surface.count;
        for (int i = 0; i < n; i++) {
            float g = gd[i];
            float x = nx[i];
            float y = ny[i];
            float z = nz[i];
            float gx = g * x;
            float gy = g * y;
            float gz = g * z;
            s0 += g;
            s1 += gy;
            s2 += gz;
            s3 += gx;
            s4 += gx * y;
            s5 += gy * z;
            s6 += gz * z;
            s7 += gx * z;
            s8 += gx * x - gy * y;
        }
        float[] k = ShLighting.BASIS;
        dest[to] += k[0] * s0;
        dest[to + 1] += k[1] * s1;
        dest[to + 2] += k[2] * s2;
        dest[to + 3] += k[3] * s3;
        dest[to + 4] += k[4] * s4;
        dest[to + 5] += k[5] * s5;
        dest[to + 6] += k[6] * (3 * s6 - s0);
        dest[to + 7] += k[7] * s7;
        dest[to + 8] += k[8] * s8;
    }
}
