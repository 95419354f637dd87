/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.inpainter.patch.internal;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.inverso.api.image.Image;

/**
 * Carries what was found in a reduced picture over to the whole one: each pixel of the hole is
 * copied from where the patches near it come from, so that it is as sharp as the rest.
 */
final class Enlargement {

    private final Image image;
    private final Hole hole;
    private final PatchField field;
    private final Level level;
    private final float tolerance;
    private final double scaleX;
    private final double scaleY;

    /**
     * @param level the reduced picture, with its hole painted
     */
    Enlargement(Image image, Hole hole, Level level, PatchField field, float tolerance) {
        this.image = image;
        this.hole = hole;
        this.level = level;
        this.field = field;
        this.tolerance = tolerance;
        this.scaleX = image.width() / (double) level.width();
        this.scaleY = image.height() / (double) level.height();
    }

    /** The whole picture, opaque. */
    Image paint() {
        int width = image.width();
        byte[] rgba = image.rgba().clone();
        float[] depth = hole.depth();
        double seam = 2 * Math.max(scaleX, scaleY);
        IntStream.range(0, image.height())
                .parallel()
                .forEach(
                        y -> {
                            double[] color = new double[3];
                            for (int x = 0; x < width; x++) {
                                int at = y * width + x;
                                rgba[4 * at + 3] = (byte) 255;
                                if (depth[at] > 0) {
                                    color(x, y, color);
                                    boolean shown = image.get(x, y, 3) == 255;
                                    double share = shown ? Math.min(1, depth[at] / seam) : 1;
                                    for (int c = 0; c < 3; c++) {
                                        double was = image.get(x, y, c);
                                        rgba[4 * at + c] =
                                                (byte) Math.round(was + share * (color[c] - was));
                                    }
                                }
                            }
                        });
        return new Image(width, image.height(), rgba);
    }

    private void color(int x, int y, double[] color) {
        double u = (x + 0.5) / scaleX - 0.5;
        double v = (y + 0.5) / scaleY - 0.5;
        int middleX = clamp((int) Math.round(u), level.width());
        int middleY = clamp((int) Math.round(v), level.height());
        double sum = 0;
        Arrays.fill(color, 0);
        for (int j = Math.max(0, middleY - 1);
                j <= Math.min(level.height() - 1, middleY + 1);
                j++) {
            for (int i = Math.max(0, middleX - 1);
                    i <= Math.min(level.width() - 1, middleX + 1);
                    i++) {
                int target = j * level.width() + i;
                if (!field.isTarget(target)) {
                    continue;
                }
                double near =
                        Math.max(0, 1.5 - Math.abs(u - i)) * Math.max(0, 1.5 - Math.abs(v - j));
                double unlike = Math.min(30, field.cost(target) / (2 * tolerance));
                double weight = near * Math.exp(-unlike) + 1e-15;
                sum += weight;
                add(
                        x + field.across(target) * scaleX,
                        y + field.down(target) * scaleY,
                        weight,
                        color);
            }
        }
        for (int c = 0; c < 3; c++) {
            color[c] /= sum;
        }
    }

    /** Bilinear. */
    private void add(double x, double y, double weight, double[] color) {
        int left = clamp((int) Math.floor(x), image.width());
        int top = clamp((int) Math.floor(y), image.height());
        int right = clamp(left + 1, image.width());
        int bottom = clamp(top + 1, image.height());
        double fx = Math.min(1, Math.max(0, x - left));
        double fy = Math.min(1, Math.max(0, y - top));
        for (int c = 0; c < 3; c++) {
            double upper = (1 - fx) * image.get(left, top, c) + fx * image.get(right, top, c);
            double lower = (1 - fx) * image.get(left, bottom, c) + fx * image.get(right, bottom, c);
            color[c] += weight * ((1 - fy) * upper + fy * lower);
        }
    }

    private static int clamp(int value, int count) {
        return Math.max(0, Math.min(count - 1, value));
    }
}
