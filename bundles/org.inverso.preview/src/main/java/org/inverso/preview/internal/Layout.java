/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.inverso.preview.internal.Canvas.Box;

/**
 * Where things are: photo and overlay side by side, with clay and atlas in a column beside them,
 * and the turntable in a row below. The upper row is as high as the photo's proportions ask for.
 *
 * @param photo takes the photo's proportions, as does {@code overlay}
 */
record Layout(
        int width, int height, Box photo, Box overlay, Box clay, Box atlas, List<Box> turntable) {

    private static final int WIDTH = 1600;
    private static final int MARGIN = 20;
    private static final int GAP = 16;
    private static final float RADIUS = 12;
    private static final int SIDE_COLUMN = 276;
    private static final int LARGEST_ROW = 640;
    private static final int SMALLEST_ROW = 340;
    private static final int TURNTABLE_HEIGHT = 196;

    static Layout of(int photoWidth, int photoHeight, int views) {
        int inner = WIDTH - 2 * MARGIN;
        int wide = (inner - SIDE_COLUMN - 2 * GAP) / 2;
        double scale = Math.min(wide / (double) photoWidth, LARGEST_ROW / (double) photoHeight);
        int w = Math.max(1, (int) Math.round(photoWidth * scale));
        int h = Math.max(1, (int) Math.round(photoHeight * scale));
        int row = Math.max(SMALLEST_ROW, h);
        int top = MARGIN;
        Box photo = centred(MARGIN, top, wide, row, w, h);
        Box overlay = centred(MARGIN + wide + GAP, top, wide, row, w, h);
        int side = MARGIN + inner - SIDE_COLUMN;
        int half = (row - GAP) / 2;
        Box clay = new Box(side, top, SIDE_COLUMN, half, RADIUS);
        Box atlas = new Box(side, top + row - half, SIDE_COLUMN, half, RADIUS);
        int below = top + row + GAP;
        List<Box> turntable =
                IntStream.range(0, views)
                        .mapToObj(
                                i -> {
                                    // Shares of the width that come out even at the right edge.
                                    int left = i * (inner + GAP) / views;
                                    int right = (i + 1) * (inner + GAP) / views - GAP;
                                    return new Box(
                                            MARGIN + left,
                                            below,
                                            right - left,
                                            TURNTABLE_HEIGHT,
                                            RADIUS);
                                })
                        .toList();
        int height = below + TURNTABLE_HEIGHT + MARGIN;
        return new Layout(WIDTH, height, photo, overlay, clay, atlas, turntable);
    }

    private static Box centred(int x, int y, int width, int height, int w, int h) {
        return new Box(x + (width - w) / 2, y + (height - h) / 2, w, h, RADIUS);
    }
}
