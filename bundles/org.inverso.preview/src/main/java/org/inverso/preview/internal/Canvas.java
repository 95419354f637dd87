/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.stream.IntStream;
import org.inverso.api.image.Image;

/**
 * The picture under construction, in linear light. Threads may draw at once in places that have no
 * pixel in common.
 */
final class Canvas {

    private final int width;
    private final int height;
    private final float[] rgb;

    Canvas(int width, int height, float[] paper) {
        this.width = width;
        this.height = height;
        this.rgb = new float[3 * width * height];
        for (int i = 0; i < rgb.length; i += 3) {
            System.arraycopy(paper, 0, rgb, i, 3);
        }
    }

    /**
     * A place on the canvas.
     *
     * @param radius of its round corners, pixels
     */
    record Box(int x, int y, int width, int height, float radius) {

        /** How much of a pixel, relative to the box, lies within the round corners. */
        float coverage(int px, int py) {
            float dx = Math.max(0, Math.max(radius - px - 0.5f, px + 0.5f - (width - radius)));
            float dy = Math.max(0, Math.max(radius - py - 0.5f, py + 0.5f - (height - radius)));
            if (dx == 0 || dy == 0) {
                return 1;
            }
            float inside = radius - (float) Math.sqrt(dx * dx + dy * dy) + 0.5f;
            return Math.min(1, Math.max(0, inside));
        }
    }

    /** Colours of the pixels of a box. */
    @FunctionalInterface
    interface Painter {

        /**
         * @param x from the box' left edge
         * @param y from the box' top edge
         * @param dest gets linear RGB
         */
        void paint(int x, int y, float[] dest);
    }

    void draw(Box box, Painter painter) {
        float[] color = new float[3];
        for (int y = 0; y < box.height; y++) {
            for (int x = 0; x < box.width; x++) {
                float coverage = box.coverage(x, y);
                if (coverage > 0) {
                    painter.paint(x, y, color);
                    blend(box.x + x, box.y + y, color, coverage);
                }
            }
        }
    }

    void draw(Box box, float[] color, float opacity) {
        for (int y = 0; y < box.height; y++) {
            for (int x = 0; x < box.width; x++) {
                blend(box.x + x, box.y + y, color, opacity * box.coverage(x, y));
            }
        }
    }

    void draw(Labels.Text text, int left, int top, float[] color, float opacity) {
        for (int y = 0; y < text.height(); y++) {
            for (int x = 0; x < text.width(); x++) {
                int coverage = text.coverage()[y * text.width() + x] & 0xff;
                if (coverage > 0) {
                    blend(left + x, top + y, color, opacity * coverage / 255);
                }
            }
        }
    }

    private void blend(int x, int y, float[] color, float amount) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            return;
        }
        int i = 3 * (y * width + x);
        for (int c = 0; c < 3; c++) {
            rgb[i + c] += amount * (color[c] - rgb[i + c]);
        }
    }

    Image toImage() {
        byte[] rgba = new byte[4 * width * height];
        IntStream.range(0, height)
                .parallel()
                .forEach(
                        y -> {
                            int end = (y + 1) * width;
                            for (int p = y * width; p < end; p++) {
                                rgba[4 * p] = Srgb.fromLinear(rgb[3 * p]);
                                rgba[4 * p + 1] = Srgb.fromLinear(rgb[3 * p + 1]);
                                rgba[4 * p + 2] = Srgb.fromLinear(rgb[3 * p + 2]);
                                rgba[4 * p + 3] = (byte) 255;
                            }
                        });
        return new Image(width, height, rgba);
    }
}
