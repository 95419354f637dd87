/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The discrete Laplacian of a welded surface, with symmetric weights w_ij of its edges:
 *
 * <pre>
 *   (L x)_i = sum_j w_ij (x_i - x_j)
 *   (U x)_i = x_i - sum_j w_ij x_j / sum_j w_ij
 * </pre>
 *
 * <p>Values are {@code float[W*3]}, three independent channels. Immutable; the methods allocate
 * nothing.
 */
public final class Laplacian {

    private final int count;
    private final int[] rowStart;
    private final int[] neighbour;
    private final float[] weight;
    private final float[] degree;

    private Laplacian(int count, SortedMap<Long, Double> edges) {
        this.count = count;
        rowStart = new int[count + 1];
        for (long edge : edges.keySet()) {
            rowStart[(int) (edge / count) + 1]++;
        }
        for (int i = 0; i < count; i++) {
            rowStart[i + 1] += rowStart[i];
        }
        neighbour = new int[edges.size()];
        weight = new float[edges.size()];
        degree = new float[count];
        int at = 0;
        for (var edge : edges.entrySet()) {
            neighbour[at] = (int) (edge.getKey() % count);
            weight[at] = edge.getValue().floatValue();
            degree[(int) (edge.getKey() / count)] += weight[at];
            at++;
        }
    }

    /** All edges weigh 1. */
    public static Laplacian uniform(WeldedTopology topology) {
        SortedMap<Long, Double> edges = new TreeMap<>();
        int n = topology.weldedCount();
        int[] faces = topology.faces();
        for (int i = 0; i < faces.length; i++) {
            int a = faces[i];
            int b = faces[i % 3 == 2 ? i - 2 : i + 1];
            edges.put((long) a * n + b, 1.0);
            edges.put((long) b * n + a, 1.0);
        }
        return new Laplacian(n, edges);
    }

    /**
     * An edge weighs (cot alpha + cot beta) / 2, alpha and beta being the angles opposite to it
     * (Pinkall and Polthier 1993), at least 0 so that smoothing never overshoots.
     *
     * @param positions {@code float[W*3]} of the welded vertices
     */
    public static Laplacian cotangent(WeldedTopology topology, float[] positions) {
        SortedMap<Long, Double> edges = new TreeMap<>();
        int n = topology.weldedCount();
        int[] faces = topology.faces();
        for (int f = 0; f < faces.length; f += 3) {
            for (int corner = 0; corner < 3; corner++) {
                int a = faces[f + (corner + 1) % 3];
                int b = faces[f + (corner + 2) % 3];
                double half = cotangent(positions, faces[f + corner], a, b) / 2;
                edges.merge((long) a * n + b, half, Double::sum);
                edges.merge((long) b * n + a, half, Double::sum);
            }
        }
        edges.replaceAll((edge, w) -> Math.max(w, 0));
        return new Laplacian(n, edges);
    }

    private static double cotangent(float[] x, int at, int a, int b) {
        double ux = x[3 * a] - x[3 * at];
        double uy = x[3 * a + 1] - x[3 * at + 1];
        double uz = x[3 * a + 2] - x[3 * at + 2];
        double vx = x[3 * b] - x[3 * at];
        double vy = x[3 * b + 1] - x[3 * at + 1];
        double vz = x[3 * b + 2] - x[3 * at + 2];
        double cx = uy * vz - uz * vy;
        double cy = uz * vx - ux * vz;
        double cz = ux * vy - uy * vx;
        double sine = Math.sqrt(cx * cx + cy * cy + cz * cz);
        double cosine = ux * vx + uy * vy + uz * vz;
        // A sliver's angle says nothing, and its cotangent would outweigh all others.
        return sine > 1e-3 * Math.abs(cosine) ? cosine / sine : 0;
    }

    /** W. */
    public int count() {
        return count;
    }

    /** Sum of the weights at a welded vertex. */
    public float degree(int vertex) {
        return degree[vertex];
    }

    /**
     * L x.
     *
     * @param dest {@code float[W*3]}, overwritten, not {@code x}
     * @return {@code dest}
     */
    public float[] apply(float[] x, float[] dest) {
        for (int i = 0; i < count; i++) {
            float sx = degree[i] * x[3 * i];
            float sy = degree[i] * x[3 * i + 1];
            float sz = degree[i] * x[3 * i + 2];
            for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
                int j = 3 * neighbour[e];
                sx -= weight[e] * x[j];
                sy -= weight[e] * x[j + 1];
                sz -= weight[e] * x[j + 2];
            }
            dest[3 * i] = sx;
            dest[3 * i + 1] = sy;
            dest[3 * i + 2] = sz;
        }
        return dest;
    }

    /**
     * U x: how far each vertex is from the mean of its neighbours.
     *
     * @param dest {@code float[W*3]}, overwritten, not {@code x}
     * @return {@code dest}
     */
    public float[] umbrella(float[] x, float[] dest) {
        apply(x, dest);
        for (int i = 0; i < count; i++) {
            float scale = degree[i] > 0 ? 1 / degree[i] : 0;
            dest[3 * i] *= scale;
            dest[3 * i + 1] *= scale;
            dest[3 * i + 2] *= scale;
        }
        return dest;
    }

    /**
     * The smoothness loss {@code scale * |U x|^2}, and its derivative.
     *
     * @param x {@code float[W*3]}
     * @param gradient {@code float[W*3]}, added to
     * @param scratch {@code float[W*3]}, overwritten
     * @return the loss
     */
    public double energy(float[] x, float scale, float[] gradient, float[] scratch) {
        umbrella(x, scratch);
        double sum = 0;
        for (int i = 0; i < 3 * count; i++) {
            sum += (double) scratch[i] * scratch[i];
        }
        for (int i = 0; i < count; i++) {
            float inverse = degree[i] > 0 ? 1 / degree[i] : 0;
            scratch[3 * i] *= inverse;
            scratch[3 * i + 1] *= inverse;
            scratch[3 * i + 2] *= inverse;
        }
        // U = D^-1 L with L symmetric, so U^T U x = L (D^-1 U x).
        for (int i = 0; i < count; i++) {
            float sx = degree[i] * scratch[3 * i];
            float sy = degree[i] * scratch[3 * i + 1];
            float sz = degree[i] * scratch[3 * i + 2];
            for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
                int j = 3 * neighbour[e];
                sx -= weight[e] * scratch[j];
                sy -= weight[e] * scratch[j + 1];
                sz -= weight[e] * scratch[j + 2];
            }
            gradient[3 * i] += 2 * scale * sx;
            gradient[3 * i + 1] += 2 * scale * sy;
            gradient[3 * i + 2] += 2 * scale * sz;
        }
        return scale * sum;
    }

    /** Welded vertices that share an edge with the given one, ascending. */
    public int[] neighbours(int vertex) {
        return Arrays.copyOfRange(neighbour, rowStart[vertex], rowStart[vertex + 1]);
    }
}
