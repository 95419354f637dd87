/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * Blends colour of neighbouring samples across silhouette edges (Laine et al. 2020, arXiv
 * 2011.03277, section 3.6). An edge that crosses at t, counted from the nearer sample, covers more
 * of the other sample when t &gt; 1/2, which then takes the share t - 1/2 of the nearer one's
 * colour; else the nearer one takes 1/2 - t of the other's. So colour depends on where edges are,
 * also in front of the object itself.
 *
 * <p>Each sample gathers from its four neighbours.
 */
final class Antialias {
    private final Frame frame;
    private final Crossing[] crossings;

    /**
     * Blends with the right and with the lower neighbour, {@code float[B*samples]}: above 0 the
     * share this sample takes of the neighbour's colour, below 0 the reverse.
     */
    private final float[] right;

    private final float[] below;

    /** {@code float[B*samples*3]}, colour after blending. */
    float[] blended;

    /** {@code float[B*samples*3]}, gradient of colour before blending. */
    float[] gradient;

    private float[] source;
    private float[] target;
    private boolean forward;

    /** Finds crossings in a row. */
    final WorkerPool.Task analysing = this::analyse;

    /** Gathers a row of colours or of gradients. */
    private final WorkerPool.Task gathering = this::gather;

    Antialias(Frame frame, int threads) {
        this.frame = frame;
        int samples = frame.grid.views * frame.grid.samples;
        right = new float[samples];
        below = new float[samples];
        crossings = new Crossing[threads];
        for (int i = 0; i < threads; i++) {
            crossings[i] = new Crossing(frame);
        }
    }

    int count() {
        return frame.grid.views * frame.grid.height;
    }

    /** What to run after {@link #analysing}: fills {@link #blended}. */
    WorkerPool.Task blending() {
        blended = Resolve.sized(blended, frame.shaded.length);
        source = frame.shaded;
        target = blended;
        forward = true;
        return gathering;
    }

    /** What to run in the backward pass: fills {@link #gradient}. */
    WorkerPool.Task backward(float[] upstream) {
        gradient = Resolve.sized(gradient, frame.shaded.length);
        source = upstream;
        target = gradient;
        forward = false;
        return gathering;
    }

    private void analyse(int index, int worker) {
        int view = index / frame.grid.height;
        int row = index % frame.grid.height;
        int width = frame.grid.width;
        int s = index * width;
        boolean last = row == frame.grid.height - 1;
        Crossing crossing = crossings[worker];
        for (int column = 0; column < width; column++, s++) {
            right[s] = 0;
            below[s] = 0;
            if (column < width - 1 && frame.faceIndex[s] != frame.faceIndex[s + 1]) {
                right[s] = share(crossing, view, s, s + 1, column, row, 1, 0);
            }
            if (!last && frame.faceIndex[s] != frame.faceIndex[s + width]) {
                below[s] = share(crossing, view, s, s + width, column, row, 0, 1);
            }
        }
    }

    private float share(
            Crossing crossing, int view, int s, int next, int column, int row, int dx, int dy) {
        boolean first = crossing.firstIsNearer(s, next);
        boolean found =
                first
                        ? crossing.find(view, frame.faceIndex[s], column, row, dx, dy)
                        : crossing.find(
                                view, frame.faceIndex[next], column + dx, row + dy, -dx, -dy);
        if (!found) {
            return 0;
        }
        return first ? 0.5f - crossing.at : crossing.at - 0.5f;
    }

    private void gather(int index, int worker) {
        int width = frame.grid.width;
        int row = index % frame.grid.height;
        boolean last = row == frame.grid.height - 1;
        int s = index * width;
        for (int column = 0; column < width; column++, s++) {
            System.arraycopy(source, 3 * s, target, 3 * s, 3);
            if (column > 0) {
                blend(s, s - 1, -right[s - 1]);
            }
            if (column < width - 1) {
                blend(s, s + 1, right[s]);
            }
            if (row > 0) {
                blend(s, s - width, -below[s - width]);
            }
            if (!last) {
                blend(s, s + width, below[s]);
            }
        }
    }

    /**
     * Forward, a sample with share &gt; 0 moves towards its neighbour. Backward, the one that moved
     * passes that share of its gradient on.
     */
    private void blend(int s, int neighbour, float share) {
        if (share == 0 || forward && share < 0) {
            return;
        }
        for (int c = 0; c < 3; c++) {
            float own = source[3 * s + c];
            float other = source[3 * neighbour + c];
            target[3 * s + c] +=
                    forward ? share * (other - own) : -share * (share > 0 ? own : other);
        }
    }
}
