/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.inpainter.patch.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * For each patch that touches the hole, the known patch that looks most like it (Barnes et al.
 * 2009, PatchMatch), and what these make of the hole (Wexler et al. 2007, Space-time completion of
 * video).
 */
final class PatchField {

    /** Patches are squares of twice that and one pixels. */
    static final int RADIUS = 3;

    /** How much less a patch counts a pixel further from what is known. */
    private static final double FADING = 0.1;

    /**
     * What it costs to come from as far above or below as the picture is high: the ground, what
     * stands on it and the sky lie in layers.
     */
    private static final float OUT_OF_LAYER = 3 * 120 * 120;

    private static final int NONE = -1;

    private final Level level;
    private final int width;
    private final int height;
    private final boolean[] source;
    private final int[] sources;
    private final int[] targets;
    private final float[] depth;

    /** By target pixel the middle of its patch's likeness, {@code NONE} elsewhere. */
    private final int[] match;

    /** What the likeness costs. */
    private final float[] cost;

    PatchField(Level level) {
        this.level = level;
        this.width = level.width();
        this.height = level.height();
        this.depth = level.hole().depth();
        boolean[] touching = level.hole().grown(RADIUS).unknown();
        this.source = new boolean[width * height];
        for (int y = RADIUS; y < height - RADIUS; y++) {
            for (int x = RADIUS; x < width - RADIUS; x++) {
                source[y * width + x] = !touching[y * width + x];
            }
        }
        this.sources = indices(source);
        this.targets = indices(touching);
        this.match = new int[width * height];
        this.cost = new float[width * height];
        Arrays.fill(match, NONE);
    }

    private static int[] indices(boolean[] chosen) {
        int[] indices = new int[chosen.length];
        int count = 0;
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i]) {
                indices[count++] = i;
            }
        }
        return Arrays.copyOf(indices, count);
    }

    /** Number of known patches that there are to choose from. */
    int choice() {
        return sources.length;
    }

    /** Begins with any patches. */
    void begin(SplittableRandom random) {
        for (int target : targets) {
            match[target] = sources[random.nextInt(sources.length)];
        }
        compare();
    }

    /** Begins with what was found at half the size, and paints the hole with it. */
    void begin(PatchField half, SplittableRandom random) {
        for (int target : targets) {
            int x = target % width;
            int y = target / width;
            int there = half.match[y / 2 * half.width + x / 2];
            int found =
                    there == NONE
                            ? NONE
                            : valid(
                                    2 * (there % half.width) + x % 2,
                                    2 * (there / half.width) + y % 2);
            match[target] = found == NONE ? sources[random.nextInt(sources.length)] : found;
        }
        vote(Float.POSITIVE_INFINITY);
        compare();
    }

    private int valid(int x, int y) {
        boolean inside = x >= 0 && x < width && y >= 0 && y < height;
        return inside && source[y * width + x] ? y * width + x : NONE;
    }

    private void compare() {
        for (int target : targets) {
            cost[target] = difference(target, match[target], Float.POSITIVE_INFINITY);
        }
    }

    /** Looks for better patches, where neighbours found theirs and at random, once to and fro. */
    void search(SplittableRandom random) {
        compare();
        for (int i = 0; i < targets.length; i++) {
            improve(targets[i], -1, random);
        }
        for (int i = targets.length - 1; i >= 0; i--) {
            improve(targets[i], 1, random);
        }
    }

    private void improve(int target, int step, SplittableRandom random) {
        int x = target % width;
        int y = target / width;
        if (x + step >= 0 && x + step < width) {
            follow(target, target + step, -step, 0);
        }
        if (y + step >= 0 && y + step < height) {
            follow(target, target + step * width, 0, -step);
        }
        for (int reach = Math.max(width, height); reach >= 1; reach /= 2) {
            int there = match[target];
            consider(
                    target,
                    valid(
                            there % width + random.nextInt(-reach, reach + 1),
                            there / width + random.nextInt(-reach, reach + 1)));
        }
    }

    private void follow(int target, int neighbour, int dx, int dy) {
        int there = match[neighbour];
        if (there != NONE) {
            consider(target, valid(there % width + dx, there / width + dy));
        }
    }

    private void consider(int target, int candidate) {
        if (candidate != NONE && candidate != match[target]) {
            float difference = difference(target, candidate, cost[target]);
            if (difference < cost[target]) {
                match[target] = candidate;
                cost[target] = difference;
            }
        }
    }

    /**
     * Mean squared difference, and what the distance in height costs. What is outside the picture
     * does not count.
     */
    private float difference(int target, int candidate, float enough) {
        int x = target % width;
        int y = target / width;
        int left = Math.max(-RADIUS, -x);
        int right = Math.min(RADIUS, width - 1 - x);
        int top = Math.max(-RADIUS, -y);
        int bottom = Math.min(RADIUS, height - 1 - y);
        int count = (right - left + 1) * (bottom - top + 1);
        float limit = enough * count;
        float[] rgb = level.rgb();
        float rise = (candidate / width - y) / (float) height;
        float sum = OUT_OF_LAYER * rise * rise * count;
        for (int dy = top; dy <= bottom && sum < limit; dy++) {
            int a = 3 * (target + dy * width + left);
            int b = 3 * (candidate + dy * width + left);
            for (int i = 3 * (right - left + 1); i > 0; i--) {
                float d = rgb[a++] - rgb[b++];
                sum += d * d;
            }
        }
        return sum / count;
    }

    /** The cost that three quarters of the patches do not exceed. */
    float typicalCost() {
        float[] sorted = new float[targets.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = cost[targets[i]];
        }
        Arrays.sort(sorted);
        return Math.max(1, sorted[sorted.length * 3 / 4]);
    }

    /**
     * Paints every pixel of the hole as the patches over it would have it, on the mean.
     *
     * @param tolerance cost at which a patch has lost most of its weight
     */
    void vote(float tolerance) {
        float[] rgb = level.rgb();
        float[] painted = new float[rgb.length];
        boolean[] unknown = level.hole().unknown();
        for (int target : targets) {
            if (unknown[target]) {
                paint(target, tolerance, painted);
            }
        }
        for (int target : targets) {
            if (unknown[target]) {
                System.arraycopy(painted, 3 * target, rgb, 3 * target, 3);
            }
        }
    }

    private void paint(int pixel, float tolerance, float[] painted) {
        float[] rgb = level.rgb();
        int x = pixel % width;
        int y = pixel / width;
        double sum = 0;
        double[] mean = new double[3];
        for (int v = Math.max(0, y - RADIUS); v <= Math.min(height - 1, y + RADIUS); v++) {
            for (int u = Math.max(0, x - RADIUS); u <= Math.min(width - 1, x + RADIUS); u++) {
                int middle = v * width + u;
                int from = match[middle] + pixel - middle;
                double weight = weight(middle, pixel, tolerance);
                sum += weight;
                for (int c = 0; c < 3; c++) {
                    mean[c] += weight * rgb[3 * from + c];
                }
            }
        }
        for (int c = 0; c < 3; c++) {
            painted[3 * pixel + c] = (float) (mean[c] / sum);
        }
    }

    private double weight(int middle, int pixel, float tolerance) {
        double unlike = Math.min(30, cost[middle] / (2 * tolerance));
        return Math.exp(-unlike - FADING * (depth[middle] - depth[pixel]));
    }

    /** How many pixels to the right of a target its likeness lies. */
    int across(int target) {
        return match[target] % width - target % width;
    }

    /** How many pixels below a target its likeness lies. */
    int down(int target) {
        return match[target] / width - target / width;
    }

    /** Whether the patch around a pixel touches the hole. */
    boolean isTarget(int pixel) {
        return match[pixel] != NONE;
    }

    float cost(int target) {
        return cost[target];
    }
}
