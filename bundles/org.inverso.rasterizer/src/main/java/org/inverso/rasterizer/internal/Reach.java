/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * The samples a face counts for in the soft mask: a rectangle, those within the margin of the
 * face's box. One worker's; both passes go by it.
 */
final class Reach {
    private final Frame frame;

    /** First and last column and row, none when last is before first. */
    int left;

    int right;
    int top;
    int bottom;

    Reach(Frame frame) {
        this.frame = frame;
    }

    /** Finds a face's reach within a rectangle; i among all views' faces. */
    void find(int i, int x0, int y0, int x1, int y1) {
        float m = frame.margin;
        float[] box = frame.faceBox;
        float[] x = frame.grid.screenX;
        float[] y = frame.grid.screenY;
        left = Math.max(x0, frame.firstColumn(i, m));
        right = Math.min(x1 - 1, frame.lastColumn(i, m));
        top = Math.max(y0, frame.firstRow(i, m));
        bottom = Math.min(y1 - 1, frame.lastRow(i, m));
        // The frame's are a hair too wide.
        while (left <= right && box[4 * i] - x[left] > m) {
            left++;
        }
        while (left <= right && x[right] - box[4 * i + 2] > m) {
            right--;
        }
        while (top <= bottom && y[top] - box[4 * i + 3] > m) {
            top++;
        }
        while (top <= bottom && box[4 * i + 1] - y[bottom] > m) {
            bottom--;
        }
    }
}
