/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.raster.RasterScene;

/**
 * A texture and its mip levels. Each level has half the one before, rounded down; a texel is the
 * mean of the area it covers, also where sizes are odd. Memory: a third of the texture.
 */
public final class TextureLevels {
    private final int views;

    /** Computes one view's coarser levels. */
    public final WorkerPool.Task building = this::build;

    private int width;
    private int height;
    private boolean mipmaps;

    /** Number of levels, the full texture included. */
    public int levels;

    private int[] widths = new int[0];
    private int[] heights = new int[0];

    /** Where a level begins in its view's share of {@link #coarse}; level 0 is not in it. */
    private int[] offsets = new int[0];

    private int coarseSize;
    private float[] full;
    private float[] coarse = new float[0];

    public TextureLevels(int views) {
        this.views = views;
    }

    /**
     * Takes the scene's texture; {@link #building} must follow for each view if it has mip levels.
     */
    public void bind(RasterScene scene) {
        full = scene.texture;
        if (full == null
                || scene.textureWidth == width
                        && scene.textureHeight == height
                        && scene.mipmaps == mipmaps) {
            return;
        }
        width = scene.textureWidth;
        height = scene.textureHeight;
        mipmaps = scene.mipmaps;
        levels =
                mipmaps
                        ? 32 - Integer.numberOfLeadingZeros(Math.max(1, Math.min(width, height)))
                        : 1;
        widths = new int[levels];
        heights = new int[levels];
        offsets = new int[levels];
        coarseSize = 0;
        for (int l = 0; l < levels; l++) {
            widths[l] = width >> l;
            heights[l] = height >> l;
            if (l > 0) {
                offsets[l] = coarseSize;
                coarseSize += 3 * widths[l] * heights[l];
            }
        }
        coarse = new float[views * coarseSize];
    }

    public int width(int level) {
        return widths[level];
    }

    public int height(int level) {
        return heights[level];
    }

    /** The array that holds a level. */
    public float[] texels(int level) {
        return level == 0 ? full : coarse;
    }

    /** Length of an array for the coarse levels of all views. */
    public int coarseLength() {
        return views * coarseSize;
    }

    /** Where a view's level begins in {@link #texels}. */
    public int offset(int view, int level) {
        return level == 0 ? 3 * view * width * height : view * coarseSize + offsets[level];
    }

    private void build(int view, int worker) {
        Arrays.fill(coarse, view * coarseSize, (view + 1) * coarseSize, 0);
        for (int l = 1; l < levels; l++) {
            spread(view, l, texels(l - 1), coarse, true);
        }
    }

    /** Takes one view's gradients from coarser levels to finer ones, in the end to the texture. */
    void backward(int view, float[] fullGradient, float[] coarseGradient) {
        for (int l = levels - 1; l > 0; l--) {
            spread(view, l, l == 1 ? fullGradient : coarseGradient, coarseGradient, false);
        }
    }

    private void spread(int view, int level, float[] fine, float[] rough, boolean forward) {
        int w = widths[level];
        int h = heights[level];
        int fineW = widths[level - 1];
        int fineH = heights[level - 1];
        int fineAt = offset(view, level - 1);
        int roughAt = offset(view, level);
        double stepX = (double) fineW / w;
        double stepY = (double) fineH / h;
        for (int y = 0; y < h; y++) {
            int top = (int) (y * stepY);
            int bottom = Math.min(fineH, (int) Math.ceil((y + 1) * stepY));
            for (int x = 0; x < w; x++) {
                int left = (int) (x * stepX);
                int right = Math.min(fineW, (int) Math.ceil((x + 1) * stepX));
                int r = roughAt + 3 * (y * w + x);
                for (int j = top; j < bottom; j++) {
                    double rowShare = overlap(j, y * stepY, stepY);
                    for (int i = left; i < right; i++) {
                        float share = (float) (rowShare * overlap(i, x * stepX, stepX));
                        int f = fineAt + 3 * (j * fineW + i);
                        if (forward) {
                            rough[r] += share * fine[f];
                            rough[r + 1] += share * fine[f + 1];
                            rough[r + 2] += share * fine[f + 2];
                        } else {
                            fine[f] += share * rough[r];
                            fine[f + 1] += share * rough[r + 1];
                            fine[f + 2] += share * rough[r + 2];
                        }
                    }
                }
            }
        }
    }

    /** Share of the interval of this start and length that lies in [texel, texel + 1]. */
    private static double overlap(int texel, double start, double length) {
        return (Math.min(texel + 1, start + length) - Math.max(texel, start)) / length;
    }
}
