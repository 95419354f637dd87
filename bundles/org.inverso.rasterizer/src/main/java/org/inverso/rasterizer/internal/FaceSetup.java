/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * Decides which faces are drawn and where. A face is seen from its front when det [p0 p1 p2] &gt; 0
 * for its corners p = (x, y, w) in clip space, whether or not it crosses the camera's plane.
 */
public final class FaceSetup implements WorkerPool.Task {
    private static final int CHUNK = 64;

    /** Smallest determinant, relative to its terms, that is not rounding. */
    private static final double FLAT = 1e-14;

    private final Frame frame;
    private final int chunks;
    private final NearClip[] clips;

    public FaceSetup(Frame frame, int threads) {
        this.frame = frame;
        chunks = (frame.topology.faceCount + CHUNK - 1) / CHUNK;
        clips = new NearClip[threads];
        for (int i = 0; i < threads; i++) {
            clips[i] = new NearClip();
        }
    }

    public int count() {
        return frame.grid.views * chunks;
    }

    @Override
    public void run(int index, int worker) {
        int view = index / chunks;
        int from = index % chunks * CHUNK;
        int to = Math.min(from + CHUNK, frame.topology.faceCount);
        int base = view * frame.topology.faceCount;
        for (int f = from; f < to; f++) {
            byte state = state(view, f, base + f, clips[worker]);
            frame.visible[base + f] = false;
            frame.faceState[base + f] = state;
            frame.faceTiles[base + f] =
                    state == Frame.HIDDEN ? Frame.NO_TILES : frame.tilesOf(base + f);
        }
    }

    private byte state(int view, int face, int dest, NearClip near) {
        int base = view * frame.topology.vertexCount;
        int v0 = base + frame.topology.faces[3 * face];
        int v1 = base + frame.topology.faces[3 * face + 1];
        int v2 = base + frame.topology.faces[3 * face + 2];
        double[] c = frame.clip;
        double x0 = c[4 * v0];
        double y0 = c[4 * v0 + 1];
        double w0 = c[4 * v0 + 3];
        double x1 = c[4 * v1];
        double y1 = c[4 * v1 + 1];
        double w1 = c[4 * v1 + 3];
        double x2 = c[4 * v2];
        double y2 = c[4 * v2 + 1];
        double w2 = c[4 * v2 + 3];
        double det = x0 * (y1 * w2 - w1 * y2) + y0 * (w1 * x2 - x1 * w2) + w0 * (x1 * y2 - y1 * x2);
        double size =
                (Math.abs(x0) + Math.abs(y0) + Math.abs(w0))
                        * (Math.abs(x1) + Math.abs(y1) + Math.abs(w1))
                        * (Math.abs(x2) + Math.abs(y2) + Math.abs(w2));
        // Written so that NaN and infinity fail.
        if (!(Math.abs(det) > FLAT * size && Math.abs(det) <= Double.MAX_VALUE)) {
            return Frame.HIDDEN;
        }
        if (det < 0 && frame.settings.cullBackFaces()) {
            return Frame.HIDDEN;
        }
        frame.front[dest] = det > 0;
        double n0 = c[4 * v0 + 2] + w0;
        double n1 = c[4 * v1 + 2] + w1;
        double n2 = c[4 * v2 + 2] + w2;
        if (!(Math.abs(n0) + Math.abs(n1) + Math.abs(n2) <= Double.MAX_VALUE)
                || n0 <= 0 && n1 <= 0 && n2 <= 0) {
            return Frame.HIDDEN;
        }
        if (n0 > 0 && n1 > 0 && n2 > 0 && w0 > 0 && w1 > 0 && w2 > 0) {
            float[] sx = frame.screenX;
            float[] sy = frame.screenY;
            return box(
                            dest,
                            Math.min(sx[v0], Math.min(sx[v1], sx[v2])),
                            Math.min(sy[v0], Math.min(sy[v1], sy[v2])),
                            Math.max(sx[v0], Math.max(sx[v1], sx[v2])),
                            Math.max(sy[v0], Math.max(sy[v1], sy[v2])))
                    ? Frame.WHOLE
                    : Frame.HIDDEN;
        }
        if (!near.clip(c, 4 * v0, 4 * v1, 4 * v2, frame.grid.aspect)) {
            return Frame.HIDDEN;
        }
        float minX = near.x[0];
        float minY = near.y[0];
        float maxX = minX;
        float maxY = minY;
        for (int k = 1; k < near.count; k++) {
            minX = Math.min(minX, near.x[k]);
            minY = Math.min(minY, near.y[k]);
            maxX = Math.max(maxX, near.x[k]);
            maxY = Math.max(maxY, near.y[k]);
        }
        return box(dest, minX, minY, maxX, maxY) ? Frame.CUT : Frame.HIDDEN;
    }

    private boolean box(int dest, float minX, float minY, float maxX, float maxY) {
        float[] box = frame.faceBox;
        box[4 * dest] = minX;
        box[4 * dest + 1] = minY;
        box[4 * dest + 2] = maxX;
        box[4 * dest + 3] = maxY;
        return Math.abs(minX) + Math.abs(minY) + Math.abs(maxX) + Math.abs(maxY) <= Float.MAX_VALUE;
    }
}
