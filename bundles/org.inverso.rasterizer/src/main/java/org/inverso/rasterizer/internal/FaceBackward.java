/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;

/**
 * Gathers gradients by face: each face visits, in fixed order, the samples it covers and the soft
 * samples around it, so that sums do not depend on threads.
 *
 * <p>For a covered sample, with clip-space corners M = [p0 p1 p2], p = (x, y, w), and M b = w u: a
 * change dM gives db = (b 1' - I) M^-1 dM b, hence dL/dp_k = - M^-T sum(b_k (g - (g . b) 1)) for
 * the gradient g with regard to barycentrics b. The sum is over samples, M^-T is the face's.
 *
 * <p>For a soft sample, d prod(1 - A) / d(d^2) = prod sigmaInv A / (1 - A), and the squared
 * distance to edge a-b changes by -2 (s - c) . ((1 - t) da + t db) for the nearest point c at t.
 */
final class FaceBackward implements WorkerPool.Task {
    private static final int CHUNK = 32;

    /** More than the rounding of distances on screen. */
    private static final float ROUNDING = 2e-6f;

    private final Frame frame;
    private final SampleGradients gradients;
    private final CornerGradients corners;
    private final LightGradients lightGradients;
    private final int chunks;
    private final boolean lit;
    private final boolean glossy;
    private final Worker[] workers;
    private int stride;

    /** {@code float[B*samples*3]}, gradient with regard to albedo; null without texture. */
    float[] albedo;

    FaceBackward(
            Frame frame,
            SampleGradients gradients,
            CornerGradients corners,
            TextureLevels texture,
            int threads) {
        this.frame = frame;
        this.gradients = gradients;
        this.corners = corners;
        chunks = (frame.topology.faceCount + CHUNK - 1) / CHUNK;
        lit = corners.lit;
        glossy = corners.glossy;
        lightGradients = new LightGradients(frame, chunks);
        workers = new Worker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Worker(texture);
        }
    }

    int count() {
        return frame.grid.views * chunks;
    }

    LightGradients lightGradients() {
        return lightGradients;
    }

    /** After the corners are bound. */
    void bind() {
        stride = corners.stride();
        albedo =
                frame.scene.texture == null
                        ? null
                        : Resolve.sized(albedo, 3 * frame.grid.views * frame.grid.samples);
        for (Worker worker : workers) {
            worker.sums = worker.sums.length == 3 * stride ? worker.sums : new double[3 * stride];
        }
    }

    @Override
    public void run(int index, int worker) {
        int view = index / chunks;
        int from = index % chunks * CHUNK;
        int to = Math.min(from + CHUNK, frame.topology.faceCount);
        Worker w = workers[worker];
        Arrays.fill(w.lights, 0);
        Arrays.fill(w.eye, 0);
        for (int f = from; f < to; f++) {
            w.face(view, f);
        }
        lightGradients.put(index, w.lights, w.eye);
    }

    /** One thread's place for sums. */
    private final class Worker {
        private final Surface surface;
        private final NearClip near = new NearClip();
        private final Crossing crossing = new Crossing(frame);
        private final float[] outline = new float[Outline.SIZE];
        private final double[] outlineX = new double[4];
        private final double[] outlineY = new double[4];
        private final double[] clip = new double[12];
        private final double[] barycentric = new double[9];
        private final double[] lights = new double[Light.MOST_NUMBERS];
        private final double[] eye = new double[3];
        private final float[] gd = new float[3];
        private final float[] gs = new float[3];
        private final float[] lower = new float[SampleGradients.BLOCK_SAMPLES];
        private double[] sums = new double[0];

        Worker(TextureLevels texture) {
            surface = new Surface(frame, texture);
        }

        void face(int view, int face) {
            int i = view * frame.topology.faceCount + face;
            corners.touched[i] = false;
            if (frame.faceState[i] == Frame.HIDDEN) {
                return;
            }
            Arrays.fill(sums, 0);
            boolean any = gradients.hasSoft() && soft(view, face, i);
            any |= gradients.hasHard() && hard(view, face, i);
            corners.touched[i] = any;
            if (any) {
                int to = i * 3 * stride;
                for (int k = 0; k < 3 * stride; k++) {
                    corners.values[to + k] = (float) sums[k];
                }
            }
        }

        private boolean soft(int view, int face, int i) {
            SampleGrid grid = frame.grid;
            float m = frame.margin;
            int left = frame.firstColumn(i, m);
            int right = frame.lastColumn(i, m);
            int top = frame.firstRow(i, m);
            int bottom = frame.lastRow(i, m);
            if (left > right || top > bottom) {
                return false;
            }
            boolean any = false;
            int size = SampleGrid.BLOCK;
            float step = 2f / grid.height;
            float half = 0.5f * (size - 1) * step;
            for (int by = top / size; by <= bottom / size; by++) {
                for (int bx = left / size; bx <= right / size; bx++) {
                    int block = view * grid.blocks + by * grid.blocksX + bx;
                    if (gradients.softCount[block] == 0) {
                        continue;
                    }
                    float x = grid.screenX[bx * size] + half;
                    float y = grid.screenY[by * size] - half;
                    if (beyond(i, x, y, half, gradients.softReach[block])) {
                        continue;
                    }
                    if (!any) {
                        any = true;
                        Outline.load(frame, view, face, near, outline, 0);
                        Arrays.fill(outlineX, 0);
                        Arrays.fill(outlineY, 0);
                    }
                    softBlock(block, face, i);
                }
            }
            if (any) {
                outlineToClip(view, face, i);
            }
            return any;
        }

        /** Whether a face's box is farther from a block than any face that counts there. */
        private boolean beyond(int i, float x, float y, float half, float reach) {
            float[] box = frame.faceBox;
            float dx = Math.max(Math.max(box[4 * i] - x, x - box[4 * i + 2]) - half, 0);
            float dy = Math.max(Math.max(box[4 * i + 1] - y, y - box[4 * i + 3]) - half, 0);
            float d = (float) Math.sqrt(dx * dx + dy * dy) - ROUNDING;
            return d > 0 && d * d > reach;
        }

        private void softBlock(int block, int face, int i) {
            int n = gradients.softCount[block];
            int from = block * SampleGradients.BLOCK_SAMPLES;
            float[] xs = gradients.softX;
            float[] ys = gradients.softY;
            measure(i, from, n);
            int corners = outline[6] == outline[6] ? 4 : 3;
            double sigma = frame.settings.sigmaInv();
            for (int k = 0; k < n; k++) {
                float reach = gradients.softFarthest[from + k];
                if (lower[k] > reach) {
                    continue;
                }
                float x = xs[from + k];
                float y = ys[from + k];
                if (!frame.inReach(i, x, y)) {
                    continue;
                }
                float d = Outline.squaredDistance(x, y, outline, 0);
                if (!(d < reach || d == reach && face <= gradients.softFarthestFace[from + k])) {
                    continue;
                }
                double share = Math.exp(-d * sigma);
                double rest = 1 - share;
                if (rest == 0) {
                    // On the edge itself the distance has no slope.
                    continue;
                }
                double g = -gradients.softFactor[from + k] * sigma * share / rest;
                int a = Outline.nearestEdge(x, y, outline, 0, corners, d);
                int b = a + 1 == corners ? 0 : a + 1;
                float ax = outline[2 * a];
                float ay = outline[2 * a + 1];
                float bx = outline[2 * b];
                float by = outline[2 * b + 1];
                float t = Segment.nearest(x, y, ax, ay, bx, by);
                double gx = -2 * g * (x - (ax + t * (bx - ax)));
                double gy = -2 * g * (y - (ay + t * (by - ay)));
                outlineX[a] += (1 - t) * gx;
                outlineY[a] += (1 - t) * gy;
                outlineX[b] += t * gx;
                outlineY[b] += t * gy;
            }
        }

        /** Squared distances of soft samples from the face's box, a hair less than they are. */
        private void measure(int i, int from, int n) {
            float[] box = frame.faceBox;
            float cx = 0.5f * (box[4 * i] + box[4 * i + 2]);
            float cy = 0.5f * (box[4 * i + 1] + box[4 * i + 3]);
            float hx = 0.5f * (box[4 * i + 2] - box[4 * i]) + ROUNDING;
            float hy = 0.5f * (box[4 * i + 3] - box[4 * i + 1]) + ROUNDING;
            float[] xs = gradients.softX;
            float[] ys = gradients.softY;
            float[] dest = lower;
            for (int k = 0; k < n; k++) {
                float dx = Math.abs(cx - xs[from + k]) - hx;
                float dy = Math.abs(cy - ys[from + k]) - hy;
                dx += Math.abs(dx);
                dy += Math.abs(dy);
                dest[k] = 0.25f * (dx * dx + dy * dy);
            }
        }

        private void outlineToClip(int view, int face, int i) {
            double aspect = frame.grid.aspect;
            if (frame.faceState[i] == Frame.CUT) {
                Arrays.fill(clip, 0);
                for (int k = 0; k < near.count; k++) {
                    near.backward(k, outlineX[k], outlineY[k], aspect, clip);
                }
                for (int k = 0; k < 3; k++) {
                    for (int axis = 0; axis < 4; axis++) {
                        sums[k * stride + CornerGradients.CLIP + axis] += clip[4 * k + axis];
                    }
                }
                return;
            }
            for (int k = 0; k < 3; k++) {
                screenToClip(view, face, k, outlineX[k], outlineY[k]);
            }
        }

        private void screenToClip(int view, int face, int k, double gx, double gy) {
            int v = view * frame.topology.vertexCount + frame.topology.faces[3 * face + k];
            double w = frame.clip[4 * v + 3];
            double cx = gx * frame.grid.aspect / w;
            double cy = gy / w;
            int o = k * stride + CornerGradients.CLIP;
            sums[o] += cx;
            sums[o + 1] += cy;
            sums[o + 3] -= (cx * frame.clip[4 * v] + cy * frame.clip[4 * v + 1]) / w;
        }

        private boolean hard(int view, int face, int i) {
            SampleGrid grid = frame.grid;
            int left = frame.firstColumn(i, 0);
            int right = frame.lastColumn(i, 0);
            int top = frame.firstRow(i, 0);
            int bottom = frame.lastRow(i, 0);
            boolean any = false;
            for (int y = top; y <= bottom; y++) {
                int row = view * grid.samples + y * grid.width;
                for (int s = row + left; s <= row + right; s++) {
                    if (frame.faceIndex[s] == face) {
                        if (!any) {
                            any = true;
                            Arrays.fill(barycentric, 0);
                        }
                        sample(view, face, s);
                        if (gradients.blendedColor != null) {
                            edges(view, face, s - row, y, s);
                        }
                    }
                }
            }
            if (any) {
                barycentricToClip();
            }
            return any;
        }

        /** Gradients through where the face's edges cross between it and what is behind. */
        private void edges(int view, int face, int column, int row, int s) {
            int width = frame.grid.width;
            if (column > 0 && !crossing.firstIsNearer(s - 1, s)) {
                edge(view, face, column, row, s, s - 1, -1, 0);
            }
            if (column < width - 1 && crossing.firstIsNearer(s, s + 1)) {
                edge(view, face, column, row, s, s + 1, 1, 0);
            }
            if (row > 0 && !crossing.firstIsNearer(s - width, s)) {
                edge(view, face, column, row, s, s - width, 0, -1);
            }
            if (row < frame.grid.height - 1 && crossing.firstIsNearer(s, s + width)) {
                edge(view, face, column, row, s, s + width, 0, 1);
            }
        }

        private void edge(
                int view, int face, int column, int row, int s, int other, int dx, int dy) {
            if (frame.faceIndex[other] == face || !crossing.find(view, face, column, row, dx, dy)) {
                return;
            }
            // Whichever of the two takes a share, the nearer one's colour gains as t grows.
            int moved = crossing.at < 0.5f ? s : other;
            float g = 0;
            for (int c = 0; c < 3; c++) {
                g +=
                        gradients.blendedColor[3 * moved + c]
                                * (frame.shaded[3 * s + c] - frame.shaded[3 * other + c]);
            }
            screenToClip(view, face, crossing.a, g * crossing.byAx, g * crossing.byAy);
            screenToClip(view, face, crossing.b, g * crossing.byBx, g * crossing.byBy);
        }

        private void sample(int view, int face, int s) {
            surface.load(view, s, face);
            float g0 = 0;
            float g1 = 0;
            float g2 = 0;
            float b0 = surface.b0;
            float b1 = surface.b1;
            float b2 = surface.b2;
            int v0 = surface.v0;
            int v1 = surface.v1;
            int v2 = surface.v2;
            if (gradients.barycentric != null) {
                g0 = gradients.barycentric[3 * s];
                g1 = gradients.barycentric[3 * s + 1];
                g2 = gradients.barycentric[3 * s + 2];
            }
            if (gradients.depth != null) {
                float g = gradients.depth[s];
                g0 += g * (float) frame.vertexDepth[v0];
                g1 += g * (float) frame.vertexDepth[v1];
                g2 += g * (float) frame.vertexDepth[v2];
                sums[CornerGradients.DEPTH] += b0 * g;
                sums[stride + CornerGradients.DEPTH] += b1 * g;
                sums[2 * stride + CornerGradients.DEPTH] += b2 * g;
            }
            if (gradients.attributes != null) {
                float[] a = frame.scene.attributes;
                int n = frame.scene.attributeCount;
                for (int c = 0; c < n; c++) {
                    float g = gradients.attributes[s * n + c];
                    g0 += g * a[v0 * n + c];
                    g1 += g * a[v1 * n + c];
                    g2 += g * a[v2 * n + c];
                    attribute(c, g);
                }
            }
            if (gradients.color != null) {
                color(view, s);
                g0 += extra0;
                g1 += extra1;
                g2 += extra2;
            }
            float mean = g0 * b0 + g1 * b1 + g2 * b2;
            g0 -= mean;
            g1 -= mean;
            g2 -= mean;
            barycentric[0] += b0 * g0;
            barycentric[1] += b0 * g1;
            barycentric[2] += b0 * g2;
            barycentric[3] += b1 * g0;
            barycentric[4] += b1 * g1;
            barycentric[5] += b1 * g2;
            barycentric[6] += b2 * g0;
            barycentric[7] += b2 * g1;
            barycentric[8] += b2 * g2;
        }

        private float extra0;
        private float extra1;
        private float extra2;

        private void attribute(int c, float g) {
            int o = corners.attributeOffset() + c;
            sums[o] += surface.b0 * g;
            sums[stride + o] += surface.b1 * g;
            sums[2 * stride + o] += surface.b2 * g;
        }

        /** Colour's gradient to all but the clip coordinates, and its part by barycentrics. */
        private void color(int view, int s) {
            surface.light(view, s);
            Light light = surface.light;
            int v0 = surface.v0;
            int v1 = surface.v1;
            int v2 = surface.v2;
            int local0 = 2 * surface.local0;
            int local1 = 2 * surface.local1;
            int local2 = 2 * surface.local2;
            float e0 = 0;
            float e1 = 0;
            float e2 = 0;
            float gu = 0;
            float gv = 0;
            TextureSampler sampler = surface.sampler();
            float[] a = frame.scene.attributes;
            int n = frame.scene.attributeCount;
            for (int c = 0; c < 3; c++) {
                float g = gradients.color[3 * s + c];
                gs[c] = g;
                gd[c] = g * surface.albedo[c];
                float ga = g * light.diffuse[c];
                if (albedo != null) {
                    albedo[3 * s + c] = ga;
                    gu += ga * sampler.byU[c];
                    gv += ga * sampler.byV[c];
                } else {
                    e0 += ga * a[v0 * n + c];
                    e1 += ga * a[v1 * n + c];
                    e2 += ga * a[v2 * n + c];
                    attribute(c, ga);
                }
            }
            if (albedo != null) {
                float[] uv = frame.scene.uvs;
                e0 += gu * uv[local0] + gv * uv[local0 + 1];
                e1 += gu * uv[local1] + gv * uv[local1 + 1];
                e2 += gu * uv[local2] + gv * uv[local2 + 1];
            }
            extra0 = e0;
            extra1 = e1;
            extra2 = e2;
            if (lit) {
                light.backward(
                        frame.scene.lights,
                        view * Light.numbers(frame.settings.shading()),
                        gd,
                        gs,
                        lights);
                normal(v0, v1, v2);
                if (glossy) {
                    position(v0, v1, v2);
                }
            }
        }

        private void normal(int v0, int v1, int v2) {
            float[] g = surface.light.normalGradient;
            float scale = surface.normalLength > 0 ? 1 / surface.normalLength : 0;
            float along = g[0] * surface.nx + g[1] * surface.ny + g[2] * surface.nz;
            float gx = scale * (g[0] - along * surface.nx);
            float gy = scale * (g[1] - along * surface.ny);
            float gz = scale * (g[2] - along * surface.nz);
            float[] n = frame.normals;
            extra0 += gx * n[3 * v0] + gy * n[3 * v0 + 1] + gz * n[3 * v0 + 2];
            extra1 += gx * n[3 * v1] + gy * n[3 * v1 + 1] + gz * n[3 * v1 + 2];
            extra2 += gx * n[3 * v2] + gy * n[3 * v2 + 1] + gz * n[3 * v2 + 2];
            add(CornerGradients.NORMAL, gx, gy, gz);
        }

        private void position(int v0, int v1, int v2) {
            float[] g = surface.light.eyeGradient;
            float gx = -g[0];
            float gy = -g[1];
            float gz = -g[2];
            eye[0] += g[0];
            eye[1] += g[1];
            eye[2] += g[2];
            float[] p = frame.scene.positions;
            extra0 += gx * p[3 * v0] + gy * p[3 * v0 + 1] + gz * p[3 * v0 + 2];
            extra1 += gx * p[3 * v1] + gy * p[3 * v1 + 1] + gz * p[3 * v1 + 2];
            extra2 += gx * p[3 * v2] + gy * p[3 * v2 + 1] + gz * p[3 * v2 + 2];
            add(CornerGradients.POSITION, gx, gy, gz);
        }

        private void add(int o, float gx, float gy, float gz) {
            sums[o] += surface.b0 * gx;
            sums[o + 1] += surface.b0 * gy;
            sums[o + 2] += surface.b0 * gz;
            int p = stride + o;
            sums[p] += surface.b1 * gx;
            sums[p + 1] += surface.b1 * gy;
            sums[p + 2] += surface.b1 * gz;
            p += stride;
            sums[p] += surface.b2 * gx;
            sums[p + 1] += surface.b2 * gy;
            sums[p + 2] += surface.b2 * gz;
        }

        /** The rows of M^-1 are the edge functions over the determinant. */
        private void barycentricToClip() {
            double[] c = frame.clip;
            int v0 = 4 * surface.v0;
            int v1 = 4 * surface.v1;
            int v2 = 4 * surface.v2;
            double x0 = c[v0];
            double y0 = c[v0 + 1];
            double w0 = c[v0 + 3];
            double x1 = c[v1];
            double y1 = c[v1 + 1];
            double w1 = c[v1 + 3];
            double x2 = c[v2];
            double y2 = c[v2 + 1];
            double w2 = c[v2 + 3];
            double ax = y1 * w2 - w1 * y2;
            double ay = w1 * x2 - x1 * w2;
            double aw = x1 * y2 - y1 * x2;
            double scale = -1 / (ax * x0 + ay * y0 + aw * w0);
            double bx = y2 * w0 - w2 * y0;
            double by = w2 * x0 - x2 * w0;
            double bw = x2 * y0 - y2 * x0;
            double cx = y0 * w1 - w0 * y1;
            double cy = w0 * x1 - x0 * w1;
            double cw = x0 * y1 - y0 * x1;
            for (int k = 0; k < 3; k++) {
                double h0 = scale * barycentric[3 * k];
                double h1 = scale * barycentric[3 * k + 1];
                double h2 = scale * barycentric[3 * k + 2];
                int o = k * stride + CornerGradients.CLIP;
                sums[o] += h0 * ax + h1 * bx + h2 * cx;
                sums[o + 1] += h0 * ay + h1 * by + h2 * cy;
                sums[o + 3] += h0 * aw + h1 * bw + h2 * cw;
            }
        }
    }
}
