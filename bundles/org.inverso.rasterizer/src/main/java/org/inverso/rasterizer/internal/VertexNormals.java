/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * Area-weighted vertex normals: the sum of the cross products (p1 - p0) x (p2 - p0) of the faces
 * around a vertex, made unit. Vertices whose faces cancel out, and those without finite faces, have
 * normal 0.
 */
public final class VertexNormals implements WorkerPool.Task {
    private static final int CHUNK = 64;

    private final Frame frame;
    private final int chunks;

    /** {@code float[B*V*3]}, unit or 0. */
    public final float[] unit;

    /** {@code float[B*V]}, before they were made unit. */
    public final float[] length;

    /** Gradients with regard to the sums, see {@link #backwardSums}. */
    private final float[] sumGradient;

    public VertexNormals(Frame frame) {
        this.frame = frame;
        chunks = (frame.topology.vertexCount + CHUNK - 1) / CHUNK;
        int vertices = frame.grid.views * frame.topology.vertexCount;
        unit = new float[3 * vertices];
        length = new float[vertices];
        sumGradient = new float[3 * vertices];
    }

    public int count() {
        return frame.grid.views * chunks;
    }

    @Override
    public void run(int index, int worker) {
        Topology topology = frame.topology;
        float[] p = frame.scene.positions;
        int view = index / chunks;
        int base = view * topology.vertexCount;
        int from = index % chunks * CHUNK;
        int to = Math.min(from + CHUNK, topology.vertexCount);
        for (int v = from; v < to; v++) {
            double x = 0;
            double y = 0;
            double z = 0;
            for (int c = topology.cornerStart[v]; c < topology.cornerStart[v + 1]; c++) {
                int f = topology.corners[c] / 3;
                int o0 = 3 * (base + topology.faces[3 * f]);
                int o1 = 3 * (base + topology.faces[3 * f + 1]);
                int o2 = 3 * (base + topology.faces[3 * f + 2]);
                double ax = (double) p[o1] - p[o0];
                double ay = (double) p[o1 + 1] - p[o0 + 1];
                double az = (double) p[o1 + 2] - p[o0 + 2];
                double bx = (double) p[o2] - p[o0];
                double by = (double) p[o2 + 1] - p[o0 + 1];
                double bz = (double) p[o2 + 2] - p[o0 + 2];
                double cx = ay * bz - az * by;
                double cy = az * bx - ax * bz;
                double cz = ax * by - ay * bx;
                if (Math.abs(cx) + Math.abs(cy) + Math.abs(cz) <= Double.MAX_VALUE) {
                    x += cx;
                    y += cy;
                    z += cz;
                }
            }
            double l = Math.sqrt(x * x + y * y + z * z);
            double scale = l > 0 && l <= Float.MAX_VALUE ? 1 / l : 0;
            length[base + v] = scale > 0 ? (float) l : 0;
            unit[3 * (base + v)] = (float) (scale * x);
            unit[3 * (base + v) + 1] = (float) (scale * y);
            unit[3 * (base + v) + 2] = (float) (scale * z);
        }
    }

    /**
     * Takes one vertex's gradient from its unit normal to the sum.
     *
     * @param v among all views' vertices
     */
    void backwardSum(int v, double gx, double gy, double gz) {
        int o = 3 * v;
        double along = gx * unit[o] + gy * unit[o + 1] + gz * unit[o + 2];
        double scale = length[v] > 0 ? 1 / length[v] : 0;
        sumGradient[o] = (float) (scale * (gx - along * unit[o]));
        sumGradient[o + 1] = (float) (scale * (gy - along * unit[o + 1]));
        sumGradient[o + 2] = (float) (scale * (gz - along * unit[o + 2]));
    }

    /**
     * Adds to a vertex's position what comes through the normals of all vertices around, when all
     * have been through {@link #backwardSum}.
     *
     * @param dest {@code float[B*V*3]}
     */
    void backward(int view, int v, float[] dest) {
        Topology topology = frame.topology;
        float[] p = frame.scene.positions;
        int base = view * topology.vertexCount;
        double x = 0;
        double y = 0;
        double z = 0;
        for (int c = topology.cornerStart[v]; c < topology.cornerStart[v + 1]; c++) {
            int corner = topology.corners[c];
            int f = corner / 3;
            int k = corner - 3 * f;
            int o0 = 3 * (base + topology.faces[corner]);
            int o1 = 3 * (base + topology.faces[3 * f + (k + 1) % 3]);
            int o2 = 3 * (base + topology.faces[3 * f + (k + 2) % 3]);
            double gx = (double) sumGradient[o0] + sumGradient[o1] + sumGradient[o2];
            double gy = (double) sumGradient[o0 + 1] + sumGradient[o1 + 1] + sumGradient[o2 + 1];
            double gz = (double) sumGradient[o0 + 2] + sumGradient[o1 + 2] + sumGradient[o2 + 2];
            if (gx == 0 && gy == 0 && gz == 0) {
                continue;
            }
            // The face's share is p0 x p1 + p1 x p2 + p2 x p0, and
            // (dp0 x (p1 - p2)) . G = dp0 . ((p1 - p2) x G).
            double ex = (double) p[o1] - p[o2];
            double ey = (double) p[o1 + 1] - p[o2 + 1];
            double ez = (double) p[o1 + 2] - p[o2 + 2];
            double cx = ey * gz - ez * gy;
            double cy = ez * gx - ex * gz;
            double cz = ex * gy - ey * gx;
            if (Math.abs(cx) + Math.abs(cy) + Math.abs(cz) <= Double.MAX_VALUE
                    && Math.abs(p[o0]) + Math.abs(p[o0 + 1]) + Math.abs(p[o0 + 2])
                            <= Float.MAX_VALUE) {
                x += cx;
                y += cy;
                z += cz;
            }
        }
        dest[3 * (base + v)] += (float) x;
        dest[3 * (base + v) + 1] += (float) y;
        dest[3 * (base + v) + 2] += (float) z;
    }
}
