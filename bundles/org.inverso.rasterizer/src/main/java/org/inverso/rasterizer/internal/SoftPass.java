/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;

/**
 * Soft mask of uncovered samples, DIB-R eq. 6 and 7: 1 - prod(1 - exp(-d_j^2 sigmaInv)) over the
 * nearest knum faces j whose box with margin holds the sample. Covered samples have mask 1.
 *
 * <p>One worker's. Distances change by at most the step between two points, so what is known at a
 * block's centre bounds how far faces can be that count for its samples, and each sample bounds its
 * neighbours'.
 */
final class SoftPass {
    private static final int BLOCK = SampleGrid.BLOCK;

    /** More than the rounding of distances, which are of numbers not far above 1. */
    private static final float ROUNDING = 2e-6f;

    private final Frame frame;
    private final float step;
    private final float[] boundAbove = new float[BLOCK];
    private final NearClip near = new NearClip();
    private final BoxList tileFaces = new BoxList();
    private final BoxList blockFaces = new BoxList();
    private float[] outlines = new float[0];
    private long[] keys = new long[0];

    SoftPass(Frame frame) {
        this.frame = frame;
        step = 2f / frame.grid.height;
    }

    void run(int view, int tile, int x0, int y0, int x1, int y1) {
        boolean gathered = false;
        for (int y = y0; y < y1; y += BLOCK) {
            for (int x = x0; x < x1; x += BLOCK) {
                int right = Math.min(x + BLOCK, x1);
                int bottom = Math.min(y + BLOCK, y1);
                if (coverage(view, x, y, right, bottom) || !frame.soft()) {
                    continue;
                }
                if (!gathered) {
                    gathered = true;
                    gather(view, tile);
                }
                if (tileFaces.count > 0) {
                    block(view, x, y, right, bottom);
                }
            }
        }
    }

    /** Writes the mask as if there were no soft faces; returns whether all is covered. */
    private boolean coverage(int view, int x0, int y0, int x1, int y1) {
        boolean covered = true;
        for (int y = y0; y < y1; y++) {
            int row = view * frame.grid.samples + y * frame.grid.width;
            for (int s = row + x0; s < row + x1; s++) {
                boolean on = frame.faceIndex[s] >= 0;
                covered &= on;
                frame.softMask[s] = on ? 1 : 0;
                if (frame.miss != null) {
                    frame.miss[s] = on ? 0 : 1;
                }
            }
        }
        return covered;
    }

    private void block(int view, int x0, int y0, int x1, int y1) {
        SampleGrid grid = frame.grid;
        float wide = 0.5f * (x1 - 1 - x0) * step;
        float high = 0.5f * (y1 - 1 - y0) * step;
        float x = grid.screenX[x0] + wide;
        float y = grid.screenY[y0] - high;
        float radius = (float) Math.sqrt(wide * wide + high * high);
        float reach = Float.POSITIVE_INFINITY;
        int found = measure(tileFaces, x, y, reach);
        if (found >= frame.settings.knum()) {
            reach = (float) Math.sqrt(lastThatCounts(found)) + radius + ROUNDING;
        }
        float limit = limit(reach);
        tileFaces.measure(x, y, wide, high);
        blockFaces.clear(tileFaces.count);
        for (int i = 0; i < tileFaces.count; i++) {
            if (tileFaces.distance[i] <= limit) {
                blockFaces.add(tileFaces, i);
            }
        }
        if (blockFaces.count == 0) {
            return;
        }
        Arrays.fill(boundAbove, reach);
        for (int row = y0; row < y1; row++) {
            float boundLeft = reach;
            for (int column = x0; column < x1; column++) {
                int s = view * grid.samples + row * grid.width + column;
                float neighbour = Math.min(boundLeft, boundAbove[column - x0]) + step + ROUNDING;
                float bound = Math.min(reach, neighbour);
                if (frame.faceIndex[s] < 0) {
                    bound = sample(s, grid.screenX[column], grid.screenY[row], bound);
                }
                boundLeft = bound;
                boundAbove[column - x0] = bound;
            }
        }
    }

    /**
     * Squared distance beyond which boxes need no look: the bound's where it is below the margin,
     * that of the margin's corner else.
     */
    private float limit(float bound) {
        float margin = frame.margin;
        float reach = bound < margin ? bound : 1.4143f * margin + ROUNDING;
        return reach * reach;
    }

    /** Collects keys of faces in reach, if the bound allows; returns how many. */
    private int measure(BoxList list, float x, float y, float bound) {
        float limit = limit(bound);
        list.measure(x, y, 0, 0);
        int viewFace = faceBase;
        int n = list.count;
        float[] distance = list.distance;
        int found = 0;
        for (int i = 0; i < n; i++) {
            if (distance[i] <= limit) {
                int f = list.face[i];
                if (frame.inReach(viewFace + f, x, y)) {
                    float d = Outline.squaredDistance(x, y, outlines, list.outline[i]);
                    if (d <= limit) {
                        keys[found++] = (long) Float.floatToRawIntBits(d) << 32 | f;
                    }
                }
            }
        }
        return found;
    }

    /** Brings the nearest knum keys to the front; squared distance of the last of them. */
    private float lastThatCounts(int found) {
        int last = frame.settings.knum() - 1;
        select(keys, found, last);
        return Float.intBitsToFloat((int) (keys[last] >>> 32));
    }

    /**
     * @param bound on the distance of the last face that counts
     * @return that distance, infinity when all faces in reach count
     */
    private float sample(int s, float x, float y, float bound) {
        int found = measure(blockFaces, x, y, bound);
        float farthest = Float.POSITIVE_INFINITY;
        int knum = frame.settings.knum();
        if (found >= knum) {
            farthest = lastThatCounts(found);
            frame.farthestFace[s] = (int) keys[knum - 1];
            found = knum;
        }
        frame.farthest[s] = farthest;
        double sigma = frame.settings.sigmaInv();
        double product = 1;
        for (int i = 0; i < found; i++) {
            double d = Float.intBitsToFloat((int) (keys[i] >>> 32));
            product *= 1 - Math.exp(-d * sigma);
        }
        frame.miss[s] = (float) product;
        frame.softMask[s] = (float) (1 - product);
        return (float) Math.sqrt(farthest);
    }

    private int faceBase;

    private void gather(int view, int tile) {
        int from = frame.binStart[view * frame.grid.tiles + tile];
        int n = frame.binStart[view * frame.grid.tiles + tile + 1] - from;
        tileFaces.clear(n);
        if (keys.length < n) {
            keys = new long[n + n / 4];
            outlines = new float[Outline.SIZE * keys.length];
        }
        faceBase = view * frame.topology.faceCount;
        for (int i = 0; i < n; i++) {
            int f = frame.binFaces[from + i];
            tileFaces.add(f, Outline.SIZE * i, frame.faceBox, 4 * (faceBase + f));
            Outline.load(frame, view, f, near, outlines, Outline.SIZE * i);
        }
    }

    /** Brings the k + 1 smallest of the first n keys to the front, the greatest of them to k. */
    private static void select(long[] keys, int n, int k) {
        int low = 0;
        int high = n - 1;
        while (low < high) {
            long pivot = keys[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (keys[i] < pivot) {
                    i++;
                }
                while (keys[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    long swap = keys[i];
                    keys[i++] = keys[j];
                    keys[j--] = swap;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return;
            }
        }
    }
}
