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
 * <p>One worker's. Each face of a tile visits the uncovered samples in its reach, which keep the
 * nearest they have seen in a list somewhat longer than knum; when one is full, the nearest knum
 * stay, and what is farther than these need no longer be looked at.
 */
final class SoftPass {
    private static final int TILE = TilePass.TILE;

    /** More than the rounding of distances, which are of numbers not far above 1. */
    private static final float ROUNDING = 2e-6f;

    private final Frame frame;
    private final NearClip near = new NearClip();
    private final Reach reach;
    private final float[] outline = new float[Outline.SIZE_WITH_EDGES];

    /** A row's uncovered samples, one bit each. */
    private final int[] open = new int[TILE];

    /** By sample of the tile: faces listed. */
    private final int[] count = new int[TILE * TILE];

    /** Squared distance beyond which faces do not count. */
    private final float[] bound = new float[TILE * TILE];

    /** Lists side by side: bits of squared distances, then faces. */
    private long[] keys = new long[0];

    /** Room of one list. */
    private int room;

    /** Exponents of all listed faces, then their 1 - A. */
    private double[] miss = new double[0];

    SoftPass(Frame frame) {
        this.frame = frame;
        reach = new Reach(frame);
    }

    void run(int view, int tile, int x0, int y0, int x1, int y1) {
        boolean covered = coverage(view, x0, y0, x1, y1);
        int from = frame.binStart[view * frame.grid.tiles + tile];
        int to = frame.binStart[view * frame.grid.tiles + tile + 1];
        if (covered || !frame.soft() || from == to) {
            return;
        }
        prepare(to - from);
        for (int e = from; e < to; e++) {
            visit(view, frame.binFaces[e], x0, y0, x1, y1);
        }
        multiply(view, x0, y0);
    }

    /** Writes the mask as if there were no soft faces; returns whether all is covered. */
    private boolean coverage(int view, int x0, int y0, int x1, int y1) {
        boolean covered = true;
        Arrays.fill(open, 0);
        for (int y = y0; y < y1; y++) {
            int row = view * frame.grid.samples + y * frame.grid.width;
            int bits = 0;
            for (int x = x0; x < x1; x++) {
                boolean on = frame.faceIndex[row + x] >= 0;
                bits |= on ? 0 : 1 << x - x0;
                frame.softMask[row + x] = on ? 1 : 0;
                if (frame.miss != null) {
                    frame.miss[row + x] = on ? 0 : 1;
                }
            }
            open[y - y0] = bits;
            covered &= bits == 0;
        }
        return covered;
    }

    /** Makes room for tiles of that many faces. */
    void reserve(int faces) {
        int size = TILE * TILE * room(faces);
        if (keys.length < size) {
            keys = new long[size];
            miss = new double[size];
        }
    }

    private int room(int faces) {
        long knum = frame.settings.knum();
        return knum == 1 ? 1 : (int) Math.min(knum + Math.max(8, knum / 2), faces);
    }

    private void prepare(int faces) {
        room = room(faces);
        Arrays.fill(count, 0);
        Arrays.fill(bound, Float.POSITIVE_INFINITY);
    }

    private void visit(int view, int face, int x0, int y0, int x1, int y1) {
        int i = view * frame.topology.faceCount + face;
        reach.find(i, x0, y0, x1, y1);
        if (reach.left > reach.right) {
            return;
        }
        int columns = (2 << reach.right - x0) - (1 << reach.left - x0);
        float left = frame.faceBox[4 * i] - ROUNDING;
        float right = frame.faceBox[4 * i + 2] + ROUNDING;
        boolean loaded = false;
        for (int y = reach.top; y <= reach.bottom; y++) {
            int bits = open[y - y0] & columns;
            if (bits == 0) {
                continue;
            }
            if (!loaded) {
                loaded = true;
                Outline.loadWithEdges(frame, view, face, near, outline, 0);
            }
            float sy = frame.grid.screenY[y];
            float dy = frame.faceBox[4 * i + 1] - sy;
            dy = Math.max(dy, sy - frame.faceBox[4 * i + 3]) - ROUNDING;
            float below = dy > 0 ? dy * dy : 0;
            for (; bits != 0; bits &= bits - 1) {
                int x = Integer.numberOfTrailingZeros(bits);
                int slot = (y - y0) * TILE + x;
                float sx = frame.grid.screenX[x0 + x];
                float dx = Math.max(left - sx, sx - right);
                if (below + (dx > 0 ? dx * dx : 0) <= bound[slot]) {
                    look(slot, face, sx, sy);
                }
            }
        }
    }

    private void look(int slot, int face, float x, float y) {
        float d = Outline.squaredDistance(x, y, outline, 0);
        // Among equally far ones, lower indices count; faces come in ascending order.
        if (!(d < bound[slot])) {
            return;
        }
        int list = slot * room;
        int n = count[slot];
        long key = (long) Float.floatToRawIntBits(d) << 32 | face;
        int knum = frame.settings.knum();
        if (knum == 1) {
            // Every new one takes the place of the last.
            keys[list] = key;
            bound[slot] = d;
            count[slot] = 1;
            return;
        }
        keys[list + n++] = key;
        if (n == room && n > knum) {
            bound[slot] = lastThatCounts(list, n);
            n = knum;
        }
        count[slot] = n;
    }

    /** Brings the nearest knum faces of a list to its front; squared distance of the last. */
    private float lastThatCounts(int list, int n) {
        int last = list + frame.settings.knum() - 1;
        select(keys, list, list + n - 1, last);
        return Float.intBitsToFloat((int) (keys[last] >>> 32));
    }

    private void multiply(int view, int x0, int y0) {
        int knum = frame.settings.knum();
        double sigma = frame.settings.sigmaInv();
        int listed = 0;
        for (int slot = 0; slot < TILE * TILE; slot++) {
            if (count[slot] == 0) {
                continue;
            }
            int s = sample(view, slot, x0, y0);
            int list = slot * room;
            frame.farthest[s] = Float.POSITIVE_INFINITY;
            if (count[slot] >= knum) {
                frame.farthest[s] = lastThatCounts(list, count[slot]);
                frame.farthestFace[s] = (int) keys[list + knum - 1];
                count[slot] = knum;
            }
            for (int k = list; k < list + count[slot]; k++) {
                miss[listed++] = sigma * Float.intBitsToFloat((int) (keys[k] >>> 32));
            }
        }
        Falloff.miss(miss, listed);
        int at = 0;
        for (int slot = 0; slot < TILE * TILE; slot++) {
            if (count[slot] > 0) {
                double product = 1;
                for (int end = at + count[slot]; at < end; at++) {
                    product *= miss[at];
                }
                int s = sample(view, slot, x0, y0);
                frame.miss[s] = (float) product;
                frame.softMask[s] = (float) (1 - product);
            }
        }
    }

    private int sample(int view, int slot, int x0, int y0) {
        SampleGrid grid = frame.grid;
        return view * grid.samples + (y0 + slot / TILE) * grid.width + x0 + slot % TILE;
    }

    /** Brings the smallest keys from low to high to the front, the greatest of them to k. */
    private static void select(long[] keys, int from, int to, int k) {
        int low = from;
        int high = to;
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
