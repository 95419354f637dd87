/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.image;

import java.util.Arrays;

/**
 * Frees a matte from specks and bystanders: connected regions that are small beside the largest one
 * are removed, all others keep their soft alpha.
 *
 * <p>Regions are 8-connected over all pixels with an alpha of at least {@value #FAINT}, so that
 * soft edges stay with what they belong to. A region's size is the sum of its alpha.
 */
public final class MainComponents {

    /** Alpha from which on a pixel connects its neighbours. */
    public static final float FAINT = 0.1f;

    private MainComponents() {}

    /**
     * @param alpha 0 to 1
     * @param keepFraction regions of at least this part of the largest one's size stay; 1 keeps the
     *     largest alone, 0 all
     * @return a new plane; alpha below {@link #FAINT} always stays
     */
    public static Plane keep(Plane alpha, double keepFraction) {
        if (!(keepFraction >= 0 && keepFraction <= 1)) {
            throw new IllegalArgumentException("keepFraction must be 0 to 1, not " + keepFraction);
        }
        int[] region = regions(alpha);
        double[] size = sizes(alpha, region);
        double least = keepFraction * Arrays.stream(size).max().orElse(0);
        float[] kept = alpha.values().clone();
        for (int at = 0; at < kept.length; at++) {
            if (region[at] >= 0 && size[region[at]] < least) {
                kept[at] = 0;
            }
        }
        return new Plane(alpha.width(), alpha.height(), kept);
    }

    /**
     * How many regions there are.
     *
     * @param fraction regions of at least this part of the largest one's size count
     */
    public static int count(Plane alpha, double fraction) {
        double[] size = sizes(alpha, regions(alpha));
        double largest = Arrays.stream(size).max().orElse(0);
        return (int) Arrays.stream(size).filter(s -> s > 0 && s >= fraction * largest).count();
    }

    /** Of each pixel, the first one of its region, or -1 where there is none. */
    private static int[] regions(Plane alpha) {
        int width = alpha.width();
        int height = alpha.height();
        float[] values = alpha.values();
        int[] parent = new int[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                parent[at] = values[at] >= FAINT ? at : -1;
                if (parent[at] >= 0) {
                    join(parent, at, x > 0 ? at - 1 : -1);
                    if (y > 0) {
                        join(parent, at, x > 0 ? at - width - 1 : -1);
                        join(parent, at, at - width);
                        join(parent, at, x + 1 < width ? at - width + 1 : -1);
                    }
                }
            }
        }
        for (int at = 0; at < parent.length; at++) {
            if (parent[at] >= 0) {
                parent[at] = root(parent, at);
            }
        }
        return parent;
    }

    /** Sum of the alpha of each region, at its first pixel. */
    private static double[] sizes(Plane alpha, int[] region) {
        double[] size = new double[region.length];
        for (int at = 0; at < region.length; at++) {
            if (region[at] >= 0) {
                size[region[at]] += alpha.values()[at];
            }
        }
        return size;
    }

    /** Puts two regions together; the one that begins first lends its root. */
    private static void join(int[] parent, int at, int neighbour) {
        if (neighbour < 0 || parent[neighbour] < 0) {
            return;
        }
        int a = root(parent, at);
        int b = root(parent, neighbour);
        parent[Math.max(a, b)] = Math.min(a, b);
    }

    private static int root(int[] parent, int at) {
        int root = at;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }
}
