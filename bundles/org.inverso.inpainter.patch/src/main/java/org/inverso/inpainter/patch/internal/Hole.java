/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.inpainter.patch.internal;

import java.util.Arrays;

/**
 * Pixels of a picture that are not known.
 *
 * @param unknown {@code boolean[height * width]}, row-major, not to be modified
 */
record Hole(int width, int height, boolean[] unknown) {

    /** Unknown, too, is what lies less than so many pixels from the hole on each side of it. */
    Hole grown(int left, int up, int right, int down) {
        boolean[] grown = unknown.clone();
        for (int y = 0; y < height; y++) {
            spread(grown, y * width, 1, width, left, right);
        }
        for (int x = 0; x < width; x++) {
            spread(grown, x, width, height, up, down);
        }
        return new Hole(width, height, grown);
    }

    Hole grown(int by) {
        return grown(by, by, by, by);
    }

    private static void spread(
            boolean[] values, int start, int step, int count, int back, int forth) {
        boolean[] line = new boolean[count];
        for (int i = 0; i < count; i++) {
            line[i] = values[start + i * step];
        }
        int last = -forth - 1;
        for (int i = 0; i < count; i++) {
            last = line[i] ? i : last;
            values[start + i * step] |= i - last <= forth;
        }
        int next = count + back;
        for (int i = count - 1; i >= 0; i--) {
            next = line[i] ? i : next;
            values[start + i * step] |= next - i <= back;
        }
    }

    boolean at(int x, int y) {
        return unknown[y * width + x];
    }

    /** Part of the picture that is known. */
    double knownShare() {
        int known = 0;
        for (boolean value : unknown) {
            known += value ? 0 : 1;
        }
        return known / (double) unknown.length;
    }

    /** How far each pixel is from the next known one, pixels; infinite when there is none. */
    float[] depth() {
        float[] depth = new float[unknown.length];
        Arrays.fill(depth, Float.POSITIVE_INFINITY);
        for (int i = 0; i < depth.length; i++) {
            depth[i] = unknown[i] ? depth[i] : 0;
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                nearer(depth, x, y, -1, 0);
                nearer(depth, x, y, -1, -1);
                nearer(depth, x, y, 0, -1);
                nearer(depth, x, y, 1, -1);
            }
        }
        for (int y = height - 1; y >= 0; y--) {
            for (int x = width - 1; x >= 0; x--) {
                nearer(depth, x, y, 1, 0);
                nearer(depth, x, y, 1, 1);
                nearer(depth, x, y, 0, 1);
                nearer(depth, x, y, -1, 1);
            }
        }
        return depth;
    }

    private void nearer(float[] depth, int x, int y, int dx, int dy) {
        int nx = x + dx;
        int ny = y + dy;
        if (nx >= 0 && nx < width && ny >= 0 && ny < height) {
            float step = dx != 0 && dy != 0 ? 1.41421356f : 1;
            int i = y * width + x;
            depth[i] = Math.min(depth[i], depth[ny * width + nx] + step);
        }
    }
}
