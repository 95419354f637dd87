/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.Arrays;

/**
 * The K shape targets of a template without their zeros. Most targets move a part of the object
 * only, three quarters of the numbers are zeros, and the whole basis is larger than a processor's
 * second-level cache.
 *
 * <p>Numbers are kept by blocks of the mesh, and in a block by target, as runs that follow one
 * another. Immutable.
 */
final class ShapeBasis {

    /** Floats of one block of the mesh; a block of the result stays in the first-level cache. */
    private static final int BLOCK = 3 * 1024;

    /** Zeros that are kept rather than start a new run after them. */
    private static final int SHORT_GAP = 24;

    /** Partial sums of a scalar product; so many are independent that they fill vectors. */
    private static final int LANES = 64;

    private final int targets;
    private final int blocks;

    /** Where the runs of block b and target k begin: at {@code [b * targets + k]}. */
    private final int[] firstRun;

    /** Of a run, in the mesh. */
    private final int[] start;

    /** Of a run, in the values; that of the next run is its end. */
    private final int[] place;

    private final float[] values;

    /**
     * @param basis {@code float[K*n]}
     * @param targets K
     */
    ShapeBasis(float[] basis, int targets) {
        this.targets = targets;
        int n = targets == 0 ? 0 : basis.length / targets;
        this.blocks = (n + BLOCK - 1) / BLOCK;
        this.firstRun = new int[blocks * targets + 1];
        RunList runs = new RunList();
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < targets; k++) {
                firstRun[b * targets + k] = runs.count;
                runs.find(basis, k * n, b * BLOCK, Math.min(n, (b + 1) * BLOCK));
            }
        }
        firstRun[blocks * targets] = runs.count;
        this.start = Arrays.copyOf(runs.start, runs.count);
        this.place = Arrays.copyOf(runs.place, runs.count + 1);
        this.values = Arrays.copyOf(runs.values, place[runs.count]);
    }

    /** Runs as they are found. */
    private static final class RunList {
        private int count;
        private int[] start = new int[64];
        private int[] place = new int[64];
        private float[] values = new float[1024];

        private void find(float[] basis, int target, int from, int to) {
            int i = from;
            while (i < to) {
                if (basis[target + i] == 0) {
                    i++;
                    continue;
                }
                int end = i + 1;
                for (int j = end; j < Math.min(to, end + SHORT_GAP); j++) {
                    end = basis[target + j] == 0 ? end : j + 1;
                }
                add(basis, target, i, end);
                i = end;
            }
        }

        private void add(float[] basis, int target, int from, int to) {
            if (count + 2 > place.length) {
                start = Arrays.copyOf(start, 2 * start.length);
                place = Arrays.copyOf(place, 2 * place.length);
            }
            int at = place[count];
            int length = to - from;
            if (at + length > values.length) {
                values = Arrays.copyOf(values, Math.max(at + length, 2 * values.length));
            }
            System.arraycopy(basis, target + from, values, at, length);
            start[count++] = from;
            place[count] = at + length;
        }
    }

    /**
     * {@code vertices += sum_k shape_k * basis_k}.
     *
     * @param shape {@code float[K]}
     * @param vertices {@code float[n]}
     */
    void addTo(float[] shape, float[] vertices) {
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < targets; k++) {
                if (shape[k] != 0) {
                    int end = firstRun[b * targets + k + 1];
                    for (int r = firstRun[b * targets + k]; r < end; r++) {
                        addScaled(r, shape[k], vertices);
                    }
                }
            }
        }
    }

    private void addScaled(int run, float scale, float[] to) {
        int from = place[run];
        int first = start[run];
        int length = place[run + 1] - from;
        for (int i = 0; i < length; i++) {
            to[first + i] += scale * values[from + i];
        }
    }

    /**
     * The scalar products {@code basis_k . gradient}.
     *
     * @param gradient {@code float[n]}
     * @return {@code float[K]}
     */
    float[] dot(float[] gradient) {
        float[] result = new float[targets];
        float[] lanes = new float[LANES];
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < targets; k++) {
                int first = firstRun[b * targets + k];
                int end = firstRun[b * targets + k + 1];
                if (first == end) {
                    continue;
                }
                Arrays.fill(lanes, 0);
                float rest = 0;
                for (int r = first; r < end; r++) {
                    rest += multiply(r, gradient, lanes);
                }
                result[k] += rest + sum(lanes);
            }
        }
        return result;
    }

    /** Adds products of whole chunks to the lanes, and returns what is left over. */
    private float multiply(int run, float[] gradient, float[] lanes) {
        int from = place[run];
        int first = start[run];
        int length = place[run + 1] - from;
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            int p = from + i;
            int q = first + i;
            for (int l = 0; l < LANES; l++) {
                lanes[l] += values[p + l] * gradient[q + l];
            }
        }
        float even = 0;
        float odd = 0;
        for (; i + 2 <= length; i += 2) {
            even += values[from + i] * gradient[first + i];
            odd += values[from + i + 1] * gradient[first + i + 1];
        }
        if (i < length) {
            even += values[from + i] * gradient[first + i];
        }
        return even + odd;
    }

    private static float sum(float[] lanes) {
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }
}
