/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * One directional light and ambient light; with highlights about the mirror direction (Phong 1975)
 * or without (Lambert).
 */
final class DirectionalLight extends Light {
    private final boolean glossy;
    private final float[] cosine = new float[Surface.MOST];
    private final float[] eyeDistance;
    private final float[] mirror;
    private final float[] highlight;

    /** Unit, or 0 where the scene gives 0. */
    private float lx;

    private float ly;
    private float lz;
    private float lightLength;

    /** To the eye, unit. */
    private float vx;

    private float vy;
    private float vz;

    DirectionalLight(boolean glossy) {
        this.glossy = glossy;
        int n = glossy ? Surface.MOST : 0;
        eyeDistance = new float[n];
        mirror = new float[n];
        highlight = new float[n];
        if (glossy) {
            specular = new float[3][n];
            eyeGradient = new float[3][n];
        }
    }

    @Override
    void forward(float[] lights, int at, Surface surface) {
        lx = lights[at];
        ly = lights[at + 1];
        lz = lights[at + 2];
        lightLength = (float) Math.sqrt(lx * lx + ly * ly + lz * lz);
        float scale = lightLength > 0 ? 1 / lightLength : 0;
        lx *= scale;
        ly *= scale;
        lz *= scale;
        int n = surface.count;
        for (int i = 0; i < n; i++) {
            cosine[i] = surface.nx[i] * lx + surface.ny[i] * ly + surface.nz[i] * lz;
        }
        for (int c = 0; c < 3; c++) {
            float color = lights[at + 3 + c];
            float ambient = lights[at + 6 + c];
            float[] dest = diffuse[c];
            for (int i = 0; i < n; i++) {
                dest[i] = ambient + Math.max(0, cosine[i]) * color;
            }
        }
        if (glossy) {
            for (int i = 0; i < n; i++) {
                shine(lights, at, surface, i);
            }
        }
    }

    private void shine(float[] lights, int at, Surface surface, int i) {
        mirror[i] = 0;
        highlight[i] = 0;
        if (cosine[i] > 0) {
            look(surface, i);
            float along = surface.nx[i] * vx + surface.ny[i] * vy + surface.nz[i] * vz;
            mirror[i] = 2 * cosine[i] * along - (lx * vx + ly * vy + lz * vz);
            if (mirror[i] > 0) {
                highlight[i] = (float) Math.pow(mirror[i], lights[at + 12]);
            }
        }
        for (int c = 0; c < 3; c++) {
            specular[c][i] = highlight[i] * lights[at + 9 + c];
        }
    }

    private void look(Surface surface, int i) {
        float x = surface.toEye[0][i];
        float y = surface.toEye[1][i];
        float z = surface.toEye[2][i];
        eyeDistance[i] = (float) Math.sqrt(x * x + y * y + z * z);
        float scale = eyeDistance[i] > 0 ? 1 / eyeDistance[i] : 0;
        vx = x * scale;
        vy = y * scale;
        vz = z * scale;
    }

    @Override
    void backward(
            float[] lights, int at, Surface surface, float[][] gd, float[][] gs, double[] dest) {
        for (int i = 0; i < surface.count; i++) {
            backward(lights, at, surface, i, gd, gs, dest);
        }
    }

    private void backward(
            float[] lights,
            int at,
            Surface surface,
            int i,
            float[][] gd,
            float[][] gs,
            double[] dest) {
        float lit = Math.max(0, cosine[i]);
        float gc = 0;
        for (int c = 0; c < 3; c++) {
            float g = gd[c][i];
            dest[6 + c] += g;
            dest[3 + c] += g * lit;
            gc += g * lights[at + 3 + c];
            normalGradient[c][i] = 0;
            if (glossy) {
                eyeGradient[c][i] = 0;
            }
        }
        if (!(cosine[i] > 0)) {
            return;
        }
        float nx = surface.nx[i];
        float ny = surface.ny[i];
        float nz = surface.nz[i];
        float glx = gc * nx;
        float gly = gc * ny;
        float glz = gc * nz;
        float gnx = gc * lx;
        float gny = gc * ly;
        float gnz = gc * lz;
        if (glossy && mirror[i] > 0) {
            look(surface, i);
            float gh = 0;
            for (int c = 0; c < 3; c++) {
                dest[9 + c] += gs[c][i] * highlight[i];
                gh += gs[c][i] * lights[at + 9 + c];
            }
            dest[12] += gh * highlight[i] * Math.log(mirror[i]);
            float gm = gh * lights[at + 12] * highlight[i] / mirror[i];
            // mirror = 2 (n.l)(n.v) - l.v
            float a = 2 * gm * (nx * vx + ny * vy + nz * vz);
            float b = 2 * gm * cosine[i];
            gnx += a * lx + b * vx;
            gny += a * ly + b * vy;
            gnz += a * lz + b * vz;
            glx += a * nx - gm * vx;
            gly += a * ny - gm * vy;
            glz += a * nz - gm * vz;
            if (eyeDistance[i] > 0) {
                float gx = b * nx - gm * lx;
                float gy = b * ny - gm * ly;
                float gz = b * nz - gm * lz;
                float along = gx * vx + gy * vy + gz * vz;
                eyeGradient[0][i] = (gx - along * vx) / eyeDistance[i];
                eyeGradient[1][i] = (gy - along * vy) / eyeDistance[i];
                eyeGradient[2][i] = (gz - along * vz) / eyeDistance[i];
            }
        }
        normalGradient[0][i] = gnx;
        normalGradient[1][i] = gny;
        normalGradient[2][i] = gnz;
        if (lightLength > 0) {
            float along = glx * lx + gly * ly + glz * lz;
            dest[0] += (glx - along * lx) / lightLength;
            dest[1] += (gly - along * ly) / lightLength;
            dest[2] += (glz - along * lz) / lightLength;
        }
    }
}
