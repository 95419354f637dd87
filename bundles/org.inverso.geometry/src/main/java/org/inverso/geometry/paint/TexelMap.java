/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.paint;

import java.util.Arrays;
import org.inverso.api.category.TemplateMesh;

/** Which face each texel of a template's atlas belongs to, and where on it. */
public final class TexelMap {

    private static final int NONE = -1;

    private final TemplateMesh template;
    private final int size;
    private final int[] face;
    private final float[] rest;
    private final float[] barycentric;
    private final boolean[] seam;

    /**
     * @param size side of the atlas
     */
    public TexelMap(TemplateMesh template, int size) {
        this.template = template;
        this.size = size;
        this.face = new int[size * size];
        this.rest = new float[3 * size * size];
        this.barycentric = new float[2 * size * size];
        this.seam = new boolean[size * size];
        Arrays.fill(face, NONE);
        for (int f = 0; f < template.faceCount(); f++) {
            cover(f);
        }
        for (int y = 0; y < size - 1; y++) {
            for (int x = 0; x < size - 1; x++) {
                int t = y * size + x;
                seam[t] = apart(t, t + 1) || apart(t, t + size);
            }
        }
    }

    private boolean apart(int a, int b) {
        return face[a] >= 0
                && face[b] >= 0
                && template.facePart()[face[a]] != template.facePart()[face[b]];
    }

    private void cover(int f) {
        int[] v = template.faces();
        float[] uv = template.uvs();
        int a = v[3 * f];
        int b = v[3 * f + 1];
        int c = v[3 * f + 2];
        double ax = uv[2 * a] * size;
        double ay = uv[2 * a + 1] * size;
        double bx = uv[2 * b] * size;
        double by = uv[2 * b + 1] * size;
        double cx = uv[2 * c] * size;
        double cy = uv[2 * c + 1] * size;
        double area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
        if (Math.abs(area) < 1e-9) {
            return;
        }
        // One texel more on each side, so that filtering finds paint beyond the chart's border.
        double margin = 1.5;
        int x0 = (int) Math.max(0, Math.min(ax, Math.min(bx, cx)) - margin);
        int x1 = (int) Math.min(size - 1, Math.max(ax, Math.max(bx, cx)) + margin);
        int y0 = (int) Math.max(0, Math.min(ay, Math.min(by, cy)) - margin);
        int y1 = (int) Math.min(size - 1, Math.max(ay, Math.max(by, cy)) + margin);
        double slack = margin * Math.max(x1 - x0, y1 - y0) / Math.abs(area);
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                double px = x + 0.5;
                double py = y + 0.5;
                double wb = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / area;
                double wc = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / area;
                double wa = 1 - wb - wc;
                double inside = Math.min(wa, Math.min(wb, wc));
                int t = y * size + x;
                if (inside < -slack || (inside < 0 && face[t] >= 0)) {
                    continue;
                }
                face[t] = f;
                barycentric[2 * t] = (float) wb;
                barycentric[2 * t + 1] = (float) wc;
                for (int i = 0; i < 3; i++) {
                    float[] p = template.positions();
                    rest[3 * t + i] =
                            (float) (wa * p[3 * a + i] + wb * p[3 * b + i] + wc * p[3 * c + i]);
                }
            }
        }
    }

    /** Side of the atlas. */
    public int size() {
        return size;
    }

    /** Whether a texel belongs to the surface. */
    public boolean covered(int texel) {
        return face[texel] != NONE;
    }

    /** {@code int[size*size]}, shared, -1 where there is none. */
    public int[] face() {
        return face;
    }

    /** {@code float[size*size*3]}, shared, object frame at rest, metres. */
    public float[] rest() {
        return rest;
    }

    /** {@code float[size*size*2]}, shared, weights of the face's second and third corner. */
    public float[] barycentric() {
        return barycentric;
    }

    /** {@code boolean[size*size]}, shared, whether the next texel is another part's. */
    public boolean[] seam() {
        return seam;
    }
}
