/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.scene.ShLighting;

/**
 * Light on a surface point: colour = albedo * diffuse + specular, both of three channels. One
 * worker's; {@link #forward} leaves in fields what {@link #backward} needs.
 */
public final class Light {
    /** Numbers a view in {@code lights}, at most. */
    public static final int MOST_NUMBERS = 27;

    private final Shading shading;

    final float[] diffuse = new float[3];
    final float[] specular = new float[3];

    /** Gradients of the last backward call. */
    final float[] normalGradient = new float[3];

    /** Gradient with regard to the eye; that of the position is its negative. */
    final float[] eyeGradient = new float[3];

    private final float[] basis = new float[9];
    private float nx;
    private float ny;
    private float nz;
    private float lx;
    private float ly;
    private float lz;
    private float lightLength;
    private float cosine;
    private float vx;
    private float vy;
    private float vz;
    private float eyeDistance;
    private float mirror;
    private float highlight;

    Light(Shading shading) {
        this.shading = shading;
    }

    /** Numbers a view in {@code lights}. */
    public static int numbers(Shading shading) {
        return switch (shading) {
            case NONE -> 0;
            case LAMBERT -> 9;
            case PHONG -> 13;
            case SPHERICAL_HARMONICS -> 27;
        };
    }

    /**
     * @param at where the view's numbers begin in lights
     * @param x unit normal, or 0 where there is none
     * @param ex from the point to the eye, any length; for PHONG only
     */
    void forward(float[] lights, int at, float x, float y, float z, float ex, float ey, float ez) {
        nx = x;
        ny = y;
        nz = z;
        clear(specular);
        switch (shading) {
            case NONE -> Arrays.fill(diffuse, 1);
            case SPHERICAL_HARMONICS -> harmonics(lights, at);
            default -> directional(lights, at, ex, ey, ez);
        }
    }

    private static void clear(float[] three) {
        three[0] = 0;
        three[1] = 0;
        three[2] = 0;
    }

    private void harmonics(float[] lights, int at) {
        float[] k = ShLighting.BASIS;
        float x = nx;
        float y = ny;
        float z = nz;
        basis[0] = k[0];
        basis[1] = k[1] * y;
        basis[2] = k[2] * z;
        basis[3] = k[3] * x;
        basis[4] = k[4] * x * y;
        basis[5] = k[5] * y * z;
        basis[6] = k[6] * (3 * z * z - 1);
        basis[7] = k[7] * x * z;
        basis[8] = k[8] * (x * x - y * y);
        diffuse[0] = received(lights, at);
        diffuse[1] = received(lights, at + 9);
        diffuse[2] = received(lights, at + 18);
    }

    private float received(float[] l, int o) {
        float[] k = basis;
        return l[o] * k[0]
                + l[o + 1] * k[1]
                + l[o + 2] * k[2]
                + (l[o + 3] * k[3] + l[o + 4] * k[4] + l[o + 5] * k[5])
                + (l[o + 6] * k[6] + l[o + 7] * k[7] + l[o + 8] * k[8]);
    }

    private void directional(float[] lights, int at, float ex, float ey, float ez) {
        lx = lights[at];
        ly = lights[at + 1];
        lz = lights[at + 2];
        lightLength = (float) Math.sqrt(lx * lx + ly * ly + lz * lz);
        float scale = lightLength > 0 ? 1 / lightLength : 0;
        lx *= scale;
        ly *= scale;
        lz *= scale;
        cosine = nx * lx + ny * ly + nz * lz;
        float lit = Math.max(0, cosine);
        for (int c = 0; c < 3; c++) {
            diffuse[c] = lights[at + 6 + c] + lit * lights[at + 3 + c];
        }
        mirror = 0;
        highlight = 0;
        if (shading == Shading.PHONG && cosine > 0) {
            eyeDistance = (float) Math.sqrt(ex * ex + ey * ey + ez * ez);
            float s = eyeDistance > 0 ? 1 / eyeDistance : 0;
            vx = ex * s;
            vy = ey * s;
            vz = ez * s;
            mirror = 2 * cosine * (nx * vx + ny * vy + nz * vz) - (lx * vx + ly * vy + lz * vz);
            if (mirror > 0) {
                highlight = (float) Math.pow(mirror, lights[at + 12]);
                for (int c = 0; c < 3; c++) {
                    specular[c] = highlight * lights[at + 9 + c];
                }
            }
        }
    }

    /**
     * Gradients after {@link #forward} of the same point.
     *
     * @param gd gradient with regard to diffuse
     * @param gs gradient with regard to specular
     * @param dest added to: gradient with regard to the view's numbers
     */
    void backward(float[] lights, int at, float[] gd, float[] gs, double[] dest) {
        clear(normalGradient);
        clear(eyeGradient);
        switch (shading) {
            case NONE -> {}
            case SPHERICAL_HARMONICS -> harmonicsBackward(lights, at, gd, dest);
            default -> directionalBackward(lights, at, gd, gs, dest);
        }
    }

    private void harmonicsBackward(float[] lights, int at, float[] gd, double[] dest) {
        harmonicsBackward(lights, at, gd[0], dest, 0);
        harmonicsBackward(lights, at + 9, gd[1], dest, 9);
        harmonicsBackward(lights, at + 18, gd[2], dest, 18);
    }

    /** One channel. */
    private void harmonicsBackward(float[] lights, int o, float g, double[] dest, int to) {
        float[] k = ShLighting.BASIS;
        float[] y = basis;
        dest[to] += g * y[0];
        dest[to + 1] += g * y[1];
        dest[to + 2] += g * y[2];
        dest[to + 3] += g * y[3];
        dest[to + 4] += g * y[4];
        dest[to + 5] += g * y[5];
        dest[to + 6] += g * y[6];
        dest[to + 7] += g * y[7];
        dest[to + 8] += g * y[8];
        float xy = lights[o + 4] * k[4];
        float yz = lights[o + 5] * k[5];
        float xz = lights[o + 7] * k[7];
        float xx = 2 * lights[o + 8] * k[8];
        float zz = 6 * lights[o + 6] * k[6];
        normalGradient[0] += g * (lights[o + 3] * k[3] + xy * ny + xz * nz + xx * nx);
        normalGradient[1] += g * (lights[o + 1] * k[1] + xy * nx + yz * nz - xx * ny);
        normalGradient[2] += g * (lights[o + 2] * k[2] + yz * ny + zz * nz + xz * nx);
    }

    private void directionalBackward(
            float[] lights, int at, float[] gd, float[] gs, double[] dest) {
        float lit = Math.max(0, cosine);
        float gc = 0;
        for (int c = 0; c < 3; c++) {
            dest[6 + c] += gd[c];
            dest[3 + c] += gd[c] * lit;
            gc += gd[c] * lights[at + 3 + c];
        }
        if (!(cosine > 0)) {
            return;
        }
        float glx = gc * nx;
        float gly = gc * ny;
        float glz = gc * nz;
        float gnx = gc * lx;
        float gny = gc * ly;
        float gnz = gc * lz;
        if (shading == Shading.PHONG && mirror > 0) {
            float gh = 0;
            for (int c = 0; c < 3; c++) {
                dest[9 + c] += gs[c] * highlight;
                gh += gs[c] * lights[at + 9 + c];
            }
            float shininess = lights[at + 12];
            dest[12] += gh * highlight * Math.log(mirror);
            float gm = gh * shininess * highlight / mirror;
            // mirror = 2 (n.l)(n.v) - l.v
            float nv = nx * vx + ny * vy + nz * vz;
            float a = 2 * gm * nv;
            float b = 2 * gm * cosine;
            gnx += a * lx + b * vx;
            gny += a * ly + b * vy;
            gnz += a * lz + b * vz;
            glx += a * nx - gm * vx;
            gly += a * ny - gm * vy;
            glz += a * nz - gm * vz;
            if (eyeDistance > 0) {
                float gx = b * nx - gm * lx;
                float gy = b * ny - gm * ly;
                float gz = b * nz - gm * lz;
                float along = gx * vx + gy * vy + gz * vz;
                eyeGradient[0] = (gx - along * vx) / eyeDistance;
                eyeGradient[1] = (gy - along * vy) / eyeDistance;
                eyeGradient[2] = (gz - along * vz) / eyeDistance;
            }
        }
        normalGradient[0] = gnx;
        normalGradient[1] = gny;
        normalGradient[2] = gnz;
        if (lightLength > 0) {
            float along = glx * lx + gly * ly + glz * lz;
            dest[0] += (glx - along * lx) / lightLength;
            dest[1] += (gly - along * ly) / lightLength;
            dest[2] += (glz - along * lz) / lightLength;
        }
    }
}
