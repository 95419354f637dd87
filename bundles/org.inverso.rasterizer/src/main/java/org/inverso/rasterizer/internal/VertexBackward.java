/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.raster.RasterGradients;

/**
 * Gathers faces' gradients by vertex and takes them through projection and view to positions, and
 * to the two matrices. Vertices no face has a gradient for get 0, whatever their positions are.
 */
public final class VertexBackward implements WorkerPool.Task {
    private static final int CHUNK = 64;
    private static final int MATRICES = 32;

    private final Frame frame;
    private final CornerGradients faces;
    private final VertexNormals normals;
    private final int chunks;

    /** {@code double[B*chunks*32]}, view's and projection's gradients. */
    private final double[] partial;

    private final Worker[] workers;
    private RasterGradients gradients;

    /** What comes through computed normals, after all vertices are through the first task. */
    public final WorkerPool.Task throughNormals = this::runNormals;

    public VertexBackward(Frame frame, CornerGradients faces, VertexNormals normals, int threads) {
        this.frame = frame;
        this.faces = faces;
        this.normals = normals;
        chunks = (frame.topology.vertexCount + CHUNK - 1) / CHUNK;
        partial = new double[frame.grid.views * chunks * MATRICES];
        workers = new Worker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Worker();
        }
    }

    public int count() {
        return frame.grid.views * chunks;
    }

    public void bind(RasterGradients to) {
        gradients = to;
        for (Worker worker : workers) {
            if (worker.sums.length != faces.stride()) {
                worker.sums = new double[faces.stride()];
            }
        }
    }

    @Override
    public void run(int index, int worker) {
        int view = index / chunks;
        int from = index % chunks * CHUNK;
        int to = Math.min(from + CHUNK, frame.topology.vertexCount);
        Worker w = workers[worker];
        Arrays.fill(w.matrices, 0);
        for (int v = from; v < to; v++) {
            w.vertex(view, v);
        }
        System.arraycopy(w.matrices, 0, partial, index * MATRICES, MATRICES);
    }

    private void runNormals(int index, int worker) {
        int view = index / chunks;
        int from = index % chunks * CHUNK;
        int to = Math.min(from + CHUNK, frame.topology.vertexCount);
        for (int v = from; v < to; v++) {
            normals.backward(view, v, gradients.positions);
        }
    }

    /** Sums the matrices' gradients, in fixed order. */
    public void reduceMatrices() {
        for (int view = 0; view < frame.grid.views; view++) {
            for (int k = 0; k < 16; k++) {
                double viewSum = 0;
                double projectionSum = 0;
                for (int c = 0; c < chunks; c++) {
                    int o = (view * chunks + c) * MATRICES + k;
                    viewSum += partial[o];
                    projectionSum += partial[o + 16];
                }
                gradients.view[16 * view + k] = (float) viewSum;
                gradients.projection[16 * view + k] = (float) projectionSum;
            }
        }
    }

    /** One thread's place for sums. */
    private final class Worker {
        private final double[] matrices = new double[MATRICES];
        private final double[] cam = new double[4];
        private final double[] gCam = new double[4];
        private double[] sums = new double[0];

        void vertex(int view, int v) {
            int base = view * frame.topology.vertexCount + v;
            boolean any = gather(view, v);
            attributes(base);
            if (gradients.normals != null && faces.lit) {
                for (int k = 0; k < 3; k++) {
                    gradients.normals[3 * base + k] = (float) sums[CornerGradients.NORMAL + k];
                }
            } else if (normals != null) {
                int n = CornerGradients.NORMAL;
                normals.backwardSum(base, sums[n], sums[n + 1], sums[n + 2]);
            }
            if (any) {
                position(view, base);
            } else {
                Arrays.fill(gradients.positions, 3 * base, 3 * base + 3, 0);
            }
        }

        private boolean gather(int view, int v) {
            Topology topology = frame.topology;
            int stride = faces.stride();
            int face0 = view * topology.faceCount;
            boolean any = false;
            Arrays.fill(sums, 0);
            for (int c = topology.cornerStart[v]; c < topology.cornerStart[v + 1]; c++) {
                int corner = topology.corners[c];
                if (faces.touched[face0 + corner / 3]) {
                    any = true;
                    int from = (3 * face0 + corner) * stride;
                    for (int k = 0; k < stride; k++) {
                        sums[k] += faces.values[from + k];
                    }
                }
            }
            return any;
        }

        private void attributes(int base) {
            int n = frame.scene.attributeCount;
            int from = faces.attributeOffset();
            for (int c = 0; c < n; c++) {
                gradients.attributes[base * n + c] = (float) sums[from + c];
            }
        }

        private void position(int view, int base) {
            int o = 16 * view;
            float[] m = frame.scene.view;
            float[] p = frame.scene.projection;
            float[] positions = frame.scene.positions;
            double x = positions[3 * base];
            double y = positions[3 * base + 1];
            double z = positions[3 * base + 2];
            for (int r = 0; r < 4; r++) {
                cam[r] = m[o + r] * x + m[o + 4 + r] * y + m[o + 8 + r] * z + m[o + 12 + r];
            }
            for (int c = 0; c < 4; c++) {
                double sum = 0;
                for (int r = 0; r < 4; r++) {
                    double g = sums[CornerGradients.CLIP + r];
                    sum += p[o + 4 * c + r] * g;
                    matrices[16 + 4 * c + r] += g * cam[c];
                }
                gCam[c] = sum;
            }
            gCam[2] -= sums[CornerGradients.DEPTH];
            for (int r = 0; r < 4; r++) {
                double g = gCam[r];
                matrices[r] += g * x;
                matrices[4 + r] += g * y;
                matrices[8 + r] += g * z;
                matrices[12 + r] += g;
            }
            boolean glossy = faces.glossy;
            for (int c = 0; c < 3; c++) {
                double g = glossy ? sums[CornerGradients.POSITION + c] : 0;
                for (int r = 0; r < 4; r++) {
                    g += m[o + 4 * c + r] * gCam[r];
                }
                gradients.positions[3 * base + c] = (float) g;
            }
        }
    }
}
