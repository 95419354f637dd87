/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;

/** How well a template's faces share their atlas, measured on a grid of texels. */
public final class AtlasUse {

    private static final int SIZE = 512;
    private static final int FREE = -1;

    /** Texel centres nearer to an edge than this belong to both of its faces. */
    private static final double EDGE = 1e-3;

    private final TemplateMesh mesh;
    private final int[] part = new int[SIZE * SIZE];
    private final long[] overlapping;
    private final long[] own;

    /** Measures. */
    public AtlasUse(TemplateMesh mesh) {
        this.mesh = mesh;
        Arrays.fill(part, FREE);
        overlapping = new long[mesh.parts().size()];
        own = new long[mesh.parts().size()];
        for (int f = 0; f < mesh.faceCount(); f++) {
            cover(f);
        }
    }

    private void cover(int f) {
        double[] x = new double[3];
        double[] y = new double[3];
        for (int i = 0; i < 3; i++) {
            x[i] = mesh.uvs()[2 * mesh.faces()[3 * f + i]] * SIZE - 0.5;
            y[i] = mesh.uvs()[2 * mesh.faces()[3 * f + i] + 1] * SIZE - 0.5;
        }
        double area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);
        if (area == 0) {
            return;
        }
        int left = (int) Math.max(0, Math.ceil(min(x)));
        int right = (int) Math.min(SIZE - 1, Math.floor(-min(negative(x))));
        int top = (int) Math.max(0, Math.ceil(min(y)));
        int bottom = (int) Math.min(SIZE - 1, Math.floor(-min(negative(y))));
        for (int ty = top; ty <= bottom; ty++) {
            for (int tx = left; tx <= right; tx++) {
                if (inside(x, y, area, tx, ty)) {
                    count(ty * SIZE + tx, mesh.facePart()[f]);
                }
            }
        }
    }

    private static boolean inside(double[] x, double[] y, double area, int tx, int ty) {
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            double side = (x[j] - x[i]) * (ty - y[i]) - (tx - x[i]) * (y[j] - y[i]);
            if (side / area < EDGE) {
                return false;
            }
        }
        return true;
    }

    private void count(int texel, int owner) {
        own[owner]++;
        if (part[texel] == FREE) {
            part[texel] = owner;
        } else {
            overlapping[owner]++;
        }
    }

    private static double min(double[] values) {
        return Math.min(values[0], Math.min(values[1], values[2]));
    }

    private static double[] negative(double[] values) {
        return new double[] {-values[0], -values[1], -values[2]};
    }

    /** Part of the atlas that is used, 0 to 1. */
    public double covered() {
        return Arrays.stream(part).filter(p -> p != FREE).count() / (double) part.length;
    }

    /** Names of parts of which more than this share lies over other faces in the atlas. */
    public List<String> overlapping(double share) {
        List<String> names = new ArrayList<>();
        List<Part> parts = mesh.parts();
        for (int p = 0; p < parts.size(); p++) {
            if (overlapping[p] > share * own[p]) {
                names.add(parts.get(p).name());
            }
        }
        return names;
    }
}
