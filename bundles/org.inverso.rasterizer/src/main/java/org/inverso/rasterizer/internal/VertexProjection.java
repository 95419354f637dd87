/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/** Takes vertices to clip space and to the screen. */
public final class VertexProjection implements WorkerPool.Task {
    private static final int CHUNK = 64;

    private final Frame frame;
    private final int chunks;

    public VertexProjection(Frame frame) {
        this.frame = frame;
        chunks = (frame.topology.vertexCount + CHUNK - 1) / CHUNK;
    }

    public int count() {
        return frame.grid.views * chunks;
    }

    @Override
    public void run(int index, int worker) {
        int view = index / chunks;
        int from = index % chunks * CHUNK;
        int to = Math.min(from + CHUNK, frame.topology.vertexCount);
        int base = view * frame.topology.vertexCount;
        float[] positions = frame.scene.positions;
        float[] m = frame.scene.view;
        float[] p = frame.scene.projection;
        int o = 16 * view;
        double aspect = frame.grid.aspect;
        for (int v = base + from; v < base + to; v++) {
            double x = positions[3 * v];
            double y = positions[3 * v + 1];
            double z = positions[3 * v + 2];
            double cx = m[o] * x + m[o + 4] * y + m[o + 8] * z + m[o + 12];
            double cy = m[o + 1] * x + m[o + 5] * y + m[o + 9] * z + m[o + 13];
            double cz = m[o + 2] * x + m[o + 6] * y + m[o + 10] * z + m[o + 14];
            double cw = m[o + 3] * x + m[o + 7] * y + m[o + 11] * z + m[o + 15];
            double px = p[o] * cx + p[o + 4] * cy + p[o + 8] * cz + p[o + 12] * cw;
            double py = p[o + 1] * cx + p[o + 5] * cy + p[o + 9] * cz + p[o + 13] * cw;
            double pz = p[o + 2] * cx + p[o + 6] * cy + p[o + 10] * cz + p[o + 14] * cw;
            double pw = p[o + 3] * cx + p[o + 7] * cy + p[o + 11] * cz + p[o + 15] * cw;
            frame.clip[4 * v] = px;
            frame.clip[4 * v + 1] = py;
            frame.clip[4 * v + 2] = pz;
            frame.clip[4 * v + 3] = pw;
            frame.vertexDepth[v] = -cz;
            frame.screenX[v] = (float) (aspect * px / pw);
            frame.screenY[v] = (float) (py / pw);
        }
    }
}
