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
final class Light {
    /** Numbers a view in {@code lights}, at most. */
    static final int MOST_NUMBERS = 27;

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
    static int numbers(Shading shading) {
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
        Arrays.fill(specular, 0);
        switch (shading) {
            case NONE -> Arrays.fill(diffuse, 1);
            case SPHERICAL_HARMONICS -> harmonics(lights, at);
            default -> directional(lights, at, ex, ey, ez);
        }
    }

    private void harmonics(float[] lights, int at) {
        float[] k = ShLighting.BASIS;
        basis[0] = k[0];
        basis[1] = k[1] * ny;
        basis[2] = k[2] * nz;
        basis[3] = k[3] * nx;
        basis[4] = k[4] * nx * ny;
        basis[5] = k[5] * ny * nz;
        basis[6] = k[6] * (3 * nz * nz - 1);
        basis[7] = k[7] * nx * nz;
        basis[8] = k[8] * (nx * nx - ny * ny);
        for (int c = 0; c < 3; c++) {
            float sum = 0;
            for (int i = 0; i < 9; i++) {
                sum += lights[at + 9 * c + i] * basis[i];
            }
            diffuse[c] = sum;
        }
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
        Arrays.fill(normalGradient, 0);
        Arrays.fill(eyeGradient, 0);
        switch (shading) {
            case NONE -> {}
            case SPHERICAL_HARMONICS -> harmonicsBackward(lights, at, gd, dest);
            default -> directionalBackward(lights, at, gd, gs, dest);
        }
    }

    private void harmonicsBackward(float[] lights, int at, float[] gd, double[] dest) {
        float[] k = ShLighting.BASIS;
        for (int c = 0; c < 3; c++) {
            float g = gd[c];
            int o = at + 9 * c;
            for (int i = 0; i < 9; i++) {
                dest[9 * c + i] += g * basis[i];
            }
            float xy = lights[o + 4] * k[4];
            float yz = lights[o + 5] * k[5];
            float xz = lights[o + 7] * k[7];
            float xx = 2 * lights[o + 8] * k[8];
            normalGradient[0] += g * (lights[o + 3] * k[3] + xy * ny + xz * nz + xx * nx);
            normalGradient[1] += g * (lights[o + 1] * k[1] + xy * nx + yz * nz - xx * ny);
            normalGradient[2] +=
                    g * (lights[o + 2] * k[2] + yz * ny + 6 * lights[o + 6] * k[6] * nz + xz * nx);
        }
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
