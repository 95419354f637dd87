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
 * <p>One worker's; copies a tile's faces side by side, tests boxes first, and starts each sample
 * with what its neighbour knows: distances change by at most the step between the two, so the
 * neighbour's farthest face that counted bounds this sample's.
 */
final class SoftPass {
    private final Frame frame;
    private final float[] boundAbove = new float[SampleGrid.TILE];
    private final NearClip near = new NearClip();
    private int capacity;
    private float[] points = new float[0];
    private float[] minX = new float[0];
    private float[] minY = new float[0];
    private float[] maxX = new float[0];
    private float[] maxY = new float[0];
    private float[] lower = new float[0];
    private int[] face = new int[0];
    private long[] keys = new long[0];

    SoftPass(Frame frame) {
        this.frame = frame;
    }

    void run(int view, int tile, int x0, int y0, int x1, int y1) {
        SampleGrid grid = frame.grid;
        int view0 = view * grid.samples;
        boolean covered = true;
        for (int y = y0; y < y1; y++) {
            for (int s = view0 + y * grid.width + x0; s < view0 + y * grid.width + x1; s++) {
                boolean on = frame.faceIndex[s] >= 0;
                covered &= on;
                frame.softMask[s] = on ? 1 : 0;
                if (frame.miss != null) {
                    frame.miss[s] = on ? 0 : 1;
                }
            }
        }
        if (covered || frame.miss == null) {
            return;
        }
        int n = gather(view, tile);
        if (n == 0) {
            return;
        }
        // With more than the rounding of distances, which are of numbers not far above 1.
        float step = 2f / grid.height + 2e-6f;
        Arrays.fill(boundAbove, Float.POSITIVE_INFINITY);
        for (int y = y0; y < y1; y++) {
            float boundLeft = Float.POSITIVE_INFINITY;
            for (int x = x0; x < x1; x++) {
                int s = view0 + y * grid.width + x;
                float bound = Math.min(boundLeft, boundAbove[x - x0]) + step;
                if (frame.faceIndex[s] < 0) {
                    bound = sample(s, grid.screenX[x], grid.screenY[y], n, bound);
                }
                boundLeft = bound;
                boundAbove[x - x0] = bound;
            }
        }
    }

    /**
     * @param bound on the distance of the last face that counts, exact if below the margin
     * @return that bound for this sample
     */
    private float sample(int s, float x, float y, int n, float bound) {
        float margin = frame.margin;
        float limit = bound < margin ? bound * bound * 1.00001f : Float.POSITIVE_INFINITY;
        boxDistances(x, y, n);
        int found = 0;
        float[] p = points;
        for (int i = 0; i < n; i++) {
            if (!(lower[i] <= limit)) {
                continue;
            }
            float d = Outline.squaredDistance(x, y, p, Outline.SIZE * i);
            if (d <= limit) {
                keys[found++] = (long) Float.floatToRawIntBits(d) << 32 | face[i];
            }
        }
        int knum = frame.settings.knum();
        frame.farthest[s] = Float.POSITIVE_INFINITY;
        float farthest = Float.POSITIVE_INFINITY;
        if (found >= knum) {
            select(keys, found, knum - 1);
            long last = keys[knum - 1];
            farthest = Float.intBitsToFloat((int) (last >>> 32));
            frame.farthest[s] = farthest;
            frame.farthestFace[s] = (int) last;
            found = knum;
        }
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

    /** Squared distances to boxes; NaN where the sample is beyond the margin. */
    private void boxDistances(float x, float y, int n) {
        float margin = frame.margin;
        float[] x0 = minX;
        float[] x1 = maxX;
        float[] y0 = minY;
        float[] y1 = maxY;
        float[] dest = lower;
        for (int i = 0; i < n; i++) {
            float dx = Math.max(Math.max(x0[i] - x, x - x1[i]), 0);
            float dy = Math.max(Math.max(y0[i] - y, y - y1[i]), 0);
            float d = dx * dx + dy * dy;
            dest[i] = Math.max(dx, dy) > margin ? Float.NaN : d * 0.99999f;
        }
    }

    private int gather(int view, int tile) {
        int from = frame.binStart[view * frame.grid.tiles + tile];
        int n = frame.binStart[view * frame.grid.tiles + tile + 1] - from;
        ensure(n);
        int faceBase = view * frame.topology.faceCount;
        for (int i = 0; i < n; i++) {
            int f = frame.binFaces[from + i];
            int b = 4 * (faceBase + f);
            face[i] = f;
            minX[i] = frame.faceBox[b];
            minY[i] = frame.faceBox[b + 1];
            maxX[i] = frame.faceBox[b + 2];
            maxY[i] = frame.faceBox[b + 3];
            Outline.load(frame, view, f, near, points, Outline.SIZE * i);
        }
        return n;
    }

    private void ensure(int n) {
        if (capacity >= n) {
            return;
        }
        capacity = n + n / 4;
        points = new float[Outline.SIZE * capacity];
        minX = new float[capacity];
        minY = new float[capacity];
        maxX = new float[capacity];
        maxY = new float[capacity];
        lower = new float[capacity];
        face = new int[capacity];
        keys = new long[capacity];
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
