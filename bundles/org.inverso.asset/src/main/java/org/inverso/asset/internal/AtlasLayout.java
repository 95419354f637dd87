/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.Arrays;
import org.inverso.api.CategoryException;
import org.inverso.api.category.TemplateMesh;

/**
 * Which face of the template each texel of the square atlas belongs to, and where in it. Depends on
 * topology and UV only, so that it is made once for a category and size.
 *
 * <p>Texel (x, y) has its centre at u = (x + 0.5) / size, v = (y + 0.5) / size. Where charts
 * overlap, the face that comes first in the template owns the texel.
 */
final class AtlasLayout {

    /** Texels whose centre misses a face by less than this, in barycentric units, still count. */
    private static final double EDGE_TOLERANCE = 1e-6;

    private final int size;
    private final int[] face;
    private final float[] barycentric;
    private final int[] texels;
    private final int[] faceStart;
    private final int[] source;

    AtlasLayout(TemplateMesh template, int size) {
        this.size = size;
        int faces = template.faceCount();
        face = new int[size * size];
        barycentric = new float[2 * size * size];
        Arrays.fill(face, -1);
        for (int f = 0; f < faces; f++) {
            rasterize(template, f);
        }
        faceStart = new int[faces + 1];
        for (int f : face) {
            if (f >= 0) {
                faceStart[f + 1]++;
            }
        }
        for (int f = 0; f < faces; f++) {
            faceStart[f + 1] += faceStart[f];
        }
        if (faceStart[faces] == 0) {
            throw new CategoryException(
                    "The template's UV atlas covers no texel; give its vertices UVs in 0..1.");
        }
        texels = new int[faceStart[faces]];
        int[] next = faceStart.clone();
        for (int t = 0; t < face.length; t++) {
            if (face[t] >= 0) {
                texels[next[face[t]]++] = t;
            }
        }
        source = nearestCovered();
    }

    private void rasterize(TemplateMesh template, int f) {
        int[] corners = template.faces();
        float[] uvs = template.uvs();
        double ax = uvs[2 * corners[3 * f]] * (double) size;
        double ay = uvs[2 * corners[3 * f] + 1] * (double) size;
        double bx = uvs[2 * corners[3 * f + 1]] * (double) size;
        double by = uvs[2 * corners[3 * f + 1] + 1] * (double) size;
        double cx = uvs[2 * corners[3 * f + 2]] * (double) size;
        double cy = uvs[2 * corners[3 * f + 2] + 1] * (double) size;
        double area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
        if (!(Math.abs(area) > 1e-9)) {
            return;
        }
        int left = Math.max(0, (int) Math.floor(Math.min(ax, Math.min(bx, cx)) - 0.5));
        int right = Math.min(size - 1, (int) Math.ceil(Math.max(ax, Math.max(bx, cx)) - 0.5));
        int top = Math.max(0, (int) Math.floor(Math.min(ay, Math.min(by, cy)) - 0.5));
        int bottom = Math.min(size - 1, (int) Math.ceil(Math.max(ay, Math.max(by, cy)) - 0.5));
        for (int y = top; y <= bottom; y++) {
            double py = y + 0.5;
            for (int x = left; x <= right; x++) {
                int t = y * size + x;
                if (face[t] >= 0) {
                    continue;
                }
                double px = x + 0.5;
                double wb = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / area;
                double wc = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / area;
                if (wb >= -EDGE_TOLERANCE
                        && wc >= -EDGE_TOLERANCE
                        && wb + wc <= 1 + EDGE_TOLERANCE) {
                    face[t] = f;
                    barycentric[2 * t] = (float) wb;
                    barycentric[2 * t + 1] = (float) wc;
                }
            }
        }
    }

    /**
     * For each texel the covered one next to it, by two sweeps of vector propagation (Danielsson
     * 1980).
     */
    private int[] nearestCovered() {
        int[] nearest = new int[size * size];
        for (int t = 0; t < nearest.length; t++) {
            nearest[t] = face[t] >= 0 ? t : -1;
        }
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                adopt(nearest, x, y, x - 1, y - 1);
                adopt(nearest, x, y, x, y - 1);
                adopt(nearest, x, y, x + 1, y - 1);
                adopt(nearest, x, y, x - 1, y);
            }
            for (int x = size - 2; x >= 0; x--) {
                adopt(nearest, x, y, x + 1, y);
            }
        }
        for (int y = size - 1; y >= 0; y--) {
            for (int x = size - 1; x >= 0; x--) {
                adopt(nearest, x, y, x + 1, y + 1);
                adopt(nearest, x, y, x, y + 1);
                adopt(nearest, x, y, x - 1, y + 1);
                adopt(nearest, x, y, x + 1, y);
            }
            for (int x = 1; x < size; x++) {
                adopt(nearest, x, y, x - 1, y);
            }
        }
        return nearest;
    }

    private void adopt(int[] nearest, int x, int y, int fromX, int fromY) {
        if (fromX < 0 || fromY < 0 || fromX >= size || fromY >= size) {
            return;
        }
        int offered = nearest[fromY * size + fromX];
        int t = y * size + x;
        if (offered >= 0
                && (nearest[t] < 0
                        || squaredDistance(offered, x, y) < squaredDistance(nearest[t], x, y))) {
            nearest[t] = offered;
        }
    }

    private int squaredDistance(int texel, int x, int y) {
        int dx = texel % size - x;
        int dy = texel / size - y;
        return dx * dx + dy * dy;
    }

    /** Side of the atlas, texels. */
    int size() {
        return size;
    }

    /** {@code int[size*size]}, the face of each texel, or -1. */
    int[] face() {
        return face;
    }

    /** {@code float[size*size*2]}, weights of the second and third corner of the texel's face. */
    float[] barycentric() {
        return barycentric;
    }

    /** Covered texels, face by face; those of face f from {@code faceStart()[f]} on. */
    int[] texels() {
        return texels;
    }

    /** {@code int[F+1]}, offsets into {@link #texels()}. */
    int[] faceStart() {
        return faceStart;
    }

    /**
     * {@code int[size*size]}, from which texel each one takes its colour: itself when it is
     * covered, else the nearest covered one, which dilates the charts until they meet.
     */
    int[] source() {
        return source;
    }
}
