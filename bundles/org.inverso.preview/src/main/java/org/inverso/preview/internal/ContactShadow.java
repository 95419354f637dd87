/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.Arrays;
import org.inverso.geometry.AssetMesh;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * The soft shadow under an object that stands on the floor: what is near the floor darkens it, and
 * the more so the nearer. A grid over the floor, blurred narrowly and widely.
 */
final class ContactShadow {

    private static final int CELLS = 96;

    /** Width of the grid in units of the object's. */
    private static final float MARGIN = 1.7f;

    /** Height above the floor, in units of the object's, at which the shadow has faded to 1/e. */
    private static final float FADE = 0.22f;

    private final float floor;
    private final float left;
    private final float back;
    private final float cell;
    private final float[] darkness;

    ContactShadow(AssetMesh mesh) {
        Vector3f min = mesh.min();
        Vector3f max = mesh.max();
        Vector3f centre = mesh.centre();
        floor = min.y;
        cell = Math.max(1e-4f, MARGIN * Math.max(max.x - min.x, max.z - min.z) / CELLS);
        left = centre.x - cell * CELLS / 2;
        back = centre.z - cell * CELLS / 2;
        float[] gap = gaps(mesh);
        float[] near = new float[gap.length];
        float fade = Math.max(1e-4f, FADE * (max.y - min.y));
        for (int i = 0; i < near.length; i++) {
            near[i] = (float) Math.exp(-gap[i] / fade);
        }
        float[] narrow = blurred(near, 1);
        float[] wide = blurred(near, 5);
        for (int i = 0; i < near.length; i++) {
            narrow[i] = 0.85f * (1 - (1 - 0.8f * narrow[i]) * (1 - 0.6f * wide[i]));
        }
        darkness = narrow;
    }

    /** Lowest height above the floor in each cell; infinite where nothing is above. */
    private float[] gaps(AssetMesh mesh) {
        float[] gap = new float[CELLS * CELLS];
        Arrays.fill(gap, Float.POSITIVE_INFINITY);
        float[] p = mesh.positions();
        int[] f = mesh.faces();
        for (int i = 0; i < f.length; i += 3) {
            int a = 3 * f[i];
            int b = 3 * f[i + 1];
            int c = 3 * f[i + 2];
            lower(gap, column(p[a]), row(p[a + 2]), p[a + 1] - floor);
            float x0 = column(p[a]);
            float z0 = row(p[a + 2]);
            float x1 = column(p[b]) - x0;
            float z1 = row(p[b + 2]) - z0;
            float x2 = column(p[c]) - x0;
            float z2 = row(p[c + 2]) - z0;
            float det = x1 * z2 - x2 * z1;
            if (det == 0) {
                continue;
            }
            int firstX = (int) Math.ceil(x0 + Math.min(0, Math.min(x1, x2)));
            int lastX = (int) Math.floor(x0 + Math.max(0, Math.max(x1, x2)));
            int firstZ = (int) Math.ceil(z0 + Math.min(0, Math.min(z1, z2)));
            int lastZ = (int) Math.floor(z0 + Math.max(0, Math.max(z1, z2)));
            for (int z = firstZ; z <= lastZ; z++) {
                for (int x = firstX; x <= lastX; x++) {
                    float s = ((x - x0) * z2 - (z - z0) * x2) / det;
                    float t = ((z - z0) * x1 - (x - x0) * z1) / det;
                    if (s >= 0 && t >= 0 && s + t <= 1) {
                        float y = p[a + 1] + s * (p[b + 1] - p[a + 1]) + t * (p[c + 1] - p[a + 1]);
                        lower(gap, x, z, y - floor);
                    }
                }
            }
        }
        return gap;
    }

    private static void lower(float[] gap, float column, float row, float height) {
        int x = Math.round(column);
        int z = Math.round(row);
        if (x >= 0 && x < CELLS && z >= 0 && z < CELLS) {
            gap[z * CELLS + x] = Math.min(gap[z * CELLS + x], height);
        }
    }

    private float column(float x) {
        return (x - left) / cell - 0.5f;
    }

    private float row(float z) {
        return (z - back) / cell - 0.5f;
    }

    /** Three box blurs, which come close to a Gaussian. */
    private static float[] blurred(float[] values, int radius) {
        float[] from = values.clone();
        float[] to = new float[values.length];
        for (int pass = 0; pass < 3; pass++) {
            box(from, to, radius, 1, CELLS);
            box(to, from, radius, CELLS, 1);
        }
        return from;
    }

    private static void box(float[] from, float[] to, int radius, int step, int line) {
        for (int l = 0; l < CELLS; l++) {
            for (int i = 0; i < CELLS; i++) {
                float sum = 0;
                for (int j = Math.max(0, i - radius); j <= Math.min(CELLS - 1, i + radius); j++) {
                    sum += from[l * line + j * step];
                }
                to[l * line + i * step] = sum / (2 * radius + 1);
            }
        }
    }

    /** 0 for no shadow to 1 for none of the light. */
    float at(float x, float z) {
        float column = column(x);
        float row = row(z);
        // Written so that what is not a number is outside.
        if (!(column >= 0 && column < CELLS - 1 && row >= 0 && row < CELLS - 1)) {
            return 0;
        }
        int c = (int) column;
        int r = (int) row;
        float fx = column - c;
        float fz = row - r;
        int i = r * CELLS + c;
        float a = darkness[i] + fx * (darkness[i + 1] - darkness[i]);
        float b = darkness[i + CELLS] + fx * (darkness[i + CELLS + 1] - darkness[i + CELLS]);
        return a + fz * (b - a);
    }

    /**
     * The shadow as a camera sees it.
     *
     * @return {@code float[height * width]}
     */
    float[] seenFrom(Viewpoint viewpoint, int width, int height) {
        Matrix4f toObject = new Matrix4f(viewpoint.projection()).mul(viewpoint.view()).invert();
        Vector3f eye = viewpoint.eye();
        // Points of a picture on any plane parallel to it depend linearly on its coordinates.
        Vector3f corner = toObject.transformProject(new Vector3f(-1, 1, 0.5f));
        Vector3f right = toObject.transformProject(new Vector3f(1, 1, 0.5f)).sub(corner);
        Vector3f down = toObject.transformProject(new Vector3f(-1, -1, 0.5f)).sub(corner);
        corner.sub(eye);
        float[] shadow = new float[width * height];
        for (int y = 0; y < height; y++) {
            float v = (y + 0.5f) / height;
            for (int x = 0; x < width; x++) {
                float u = (x + 0.5f) / width;
                float dy = corner.y + u * right.y + v * down.y;
                float t = (floor - eye.y) / dy;
                if (t > 0) {
                    float dx = corner.x + u * right.x + v * down.x;
                    float dz = corner.z + u * right.z + v * down.z;
                    shadow[y * width + x] = at(eye.x + t * dx, eye.z + t * dz);
                }
            }
        }
        return shadow;
    }
}
