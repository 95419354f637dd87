/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.raster.RasterScene;

/**
 * Gathers gradients by face: each face visits, in fixed order, the samples it covers and the soft
 * samples around it, so that sums do not depend on threads. A task does the faces that begin in one
 * tile: these share samples, which the passes before have left in the same core's cache.
 *
 * <p>For a covered sample, with clip-space corners M = [p0 p1 p2], p = (x, y, w), and M b = w u: a
 * change dM gives db = (b 1' - I) M^-1 dM b, hence dL/dp_k = - M^-T sum(b_k (g - (g . b) 1)) for
 * the gradient g with regard to barycentrics b. The sum is over samples, M^-T is the face's.
 *
 * <p>For a soft sample, d prod(1 - A) / d(d^2) = prod sigmaInv A / (1 - A), and the squared
 * distance to edge a-b changes by -2 (s - c) . ((1 - t) da + t db) for the nearest point c at t.
 */
final class FaceBackward implements WorkerPool.Task {
    private final Frame frame;
    private final SampleGradients gradients;
    private final SurfaceBackward surfaces;
    private final CornerGradients corners;
    private final Worker[] workers;

    private int stride;

    FaceBackward(
            Frame frame,
            SampleGradients gradients,
            SurfaceBackward surfaces,
            CornerGradients corners,
            int threads) {
        this.frame = frame;
        this.gradients = gradients;
        this.surfaces = surfaces;
        this.corners = corners;
        workers = new Worker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Worker();
        }
    }

    int count() {
        return frame.grid.views * frame.grid.tiles;
    }

    /** After the corners and the surfaces are bound. */
    void bind() {
        stride = corners.stride();
        for (Worker worker : workers) {
            worker.bind();
        }
    }

    @Override
    public void run(int index, int worker) {
        int view = index / frame.grid.tiles;
        int tile = index % frame.grid.tiles;
        int first = view * frame.topology.faceCount;
        for (int e = frame.binStart[index]; e < frame.binStart[index + 1]; e++) {
            int f = frame.binFaces[e];
            if (frame.firstTile(first + f) == tile) {
                workers[worker].face(view, f);
            }
        }
    }

    /** One thread's place for sums. */
    private final class Worker {
        private final NearClip near = new NearClip();
        private final Crossing crossing = new Crossing(frame);
        private final float[] outline = new float[Outline.SIZE_WITH_EDGES];
        private final double[] outlineX = new double[4];
        private final double[] outlineY = new double[4];
        private final double[] clip = new double[12];
        private final double[] barycentric = new double[9];
        private final Reach reach = new Reach(frame);
        private final SoftSamples soft = new SoftSamples();
        private final Moments moments = new Moments();
        private double[] sums = new double[0];

        void bind() {
            if (sums.length != 3 * stride) {
                sums = new double[3 * stride];
            }
            moments.bind(surfaces.stride);
        }

        void face(int view, int face) {
            int i = view * frame.topology.faceCount + face;
            Arrays.fill(sums, 0);
            boolean any = gradients.hasSoft() && outside(view, face, i);
            any |= gradients.hasHard() && hard(view, face, i);
            corners.touched[i] = any;
            if (any) {
                int to = i * 3 * stride;
                for (int k = 0; k < 3 * stride; k++) {
                    corners.values[to + k] = (float) sums[k];
                }
            }
        }

        private boolean outside(int view, int face, int i) {
            SampleGrid grid = frame.grid;
            reach.find(i, 0, 0, grid.width, grid.height);
            if (reach.left > reach.right) {
                return false;
            }
            boolean any = false;
            boolean alone = frame.settings.knum() == 1;
            int first = reach.left >> 6;
            int last = reach.right >> 6;
            for (int y = reach.top; y <= reach.bottom; y++) {
                int row = view * grid.height + y;
                for (int w = first; w <= last; w++) {
                    long bits = gradients.soft[row * gradients.words + w];
                    // Shifts go by the count's last six bits.
                    bits &= w == first ? -1L << reach.left : -1L;
                    bits &= w == last ? -1L >>> 63 - reach.right : -1L;
                    bits = alone ? nearestTo(face, bits, row * grid.width + 64 * w) : bits;
                    if (bits == 0) {
                        continue;
                    }
                    if (!any) {
                        any = true;
                        Outline.loadWithEdges(frame, view, face, near, outline, 0);
                        Arrays.fill(outlineX, 0);
                        Arrays.fill(outlineY, 0);
                    }
                    if (soft.count + 64 > SoftSamples.MOST) {
                        pull();
                    }
                    soft.collect(face, bits, 64 * w, y, row * grid.width);
                }
            }
            if (any) {
                pull();
                outlineToClip(view, face, i);
            }
            return any;
        }

        /** Those samples of a word whose nearest face this is. */
        private long nearestTo(int face, long word, int firstSample) {
            long own = 0;
            for (long bits = word; bits != 0; bits &= bits - 1) {
                int bit = Long.numberOfTrailingZeros(bits);
                own |= frame.farthestFace[firstSample + bit] == face ? 1L << bit : 0;
            }
            return own;
        }

        /** Lets the collected samples pull at the outline. */
        private void pull() {
            soft.weigh();
            int edges = Outline.corners(outline, 0);
            for (int k = 0; k < soft.count; k++) {
                float x = soft.x[k];
                float y = soft.y[k];
                int a = soft.edge[k];
                int b = a + 1 == edges ? 0 : a + 1;
                float ax = outline[2 * a];
                float ay = outline[2 * a + 1];
                float ux = outline[2 * b] - ax;
                float uy = outline[2 * b + 1] - ay;
                float t = Segment.nearest(x - ax, y - ay, ux, uy, outline[Outline.INVERSE + a]);
                double gx = soft.weight[k] * (x - (ax + t * ux));
                double gy = soft.weight[k] * (y - (ay + t * uy));
                outlineX[a] += (1 - t) * gx;
                outlineY[a] += (1 - t) * gy;
                outlineX[b] += t * gx;
                outlineY[b] += t * gy;
            }
            soft.count = 0;
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
            if (!frame.visible[i]) {
                return false;
            }
            SampleGrid grid = frame.grid;
            int left = frame.firstColumn(i, 0);
            int right = frame.lastColumn(i, 0);
            int top = frame.firstRow(i, 0);
            int bottom = frame.lastRow(i, 0);
            moments.clear();
            for (int y = top; y <= bottom; y++) {
                int row = view * grid.samples + y * grid.width;
                for (int s = row + left; s <= row + right; s++) {
                    if (frame.faceIndex[s] == face) {
                        moments.add(surfaces.values, s, frame.barycentric);
                        if (gradients.blendedColor != null) {
                            edges(view, face, s - row, y, s);
                        }
                    }
                }
            }
            moments.finish(surfaces.values);
            interpolatedToCorners(view, face);
            barycentricToClip(view, face);
            return true;
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

        /** From moments to corners' values, and to the sums of b_k (g_j - mean) in barycentric. */
        private void interpolatedToCorners(int view, int face) {
            RasterScene scene = frame.scene;
            for (int k = 0; k < 3; k++) {
                double mean = moments.of(k, SurfaceBackward.MEAN);
                barycentric[3 * k] = -mean;
                barycentric[3 * k + 1] = -mean;
                barycentric[3 * k + 2] = -mean;
            }
            int base = view * frame.topology.vertexCount;
            if (surfaces.color >= 0) {
                if (scene.texture != null) {
                    interpolated(face, 0, scene.uvs, 2, 2, surfaces.color, -1);
                } else {
                    int n = scene.attributeCount;
                    interpolated(
                            face,
                            base,
                            scene.attributes,
                            n,
                            3,
                            surfaces.color,
                            corners.attributeOffset());
                }
            }
            if (surfaces.normal >= 0) {
                interpolated(
                        face, base, frame.normals, 3, 3, surfaces.normal, CornerGradients.NORMAL);
            }
            if (surfaces.position >= 0) {
                interpolated(
                        face,
                        base,
                        scene.positions,
                        3,
                        3,
                        surfaces.position,
                        CornerGradients.POSITION);
            }
            if (surfaces.attributes >= 0) {
                int n = scene.attributeCount;
                interpolated(
                        face,
                        base,
                        scene.attributes,
                        n,
                        n,
                        surfaces.attributes,
                        corners.attributeOffset());
            }
            if (surfaces.depth >= 0) {
                depth(face, base);
            }
            if (surfaces.barycentric >= 0) {
                for (int k = 0; k < 3; k++) {
                    for (int j = 0; j < 3; j++) {
                        barycentric[3 * k + j] += moments.of(k, surfaces.barycentric + j);
                    }
                }
            }
        }

        /**
         * One kind of values.
         *
         * @param base where the view's vertices begin
         * @param x corners' values, of which the first count of width belong to this kind
         * @param from where the kind begins among a sample's numbers
         * @param to where it begins among a corner's gradients; -1 when it has none
         */
        private void interpolated(
                int face, int base, float[] x, int width, int count, int from, int to) {
            int[] faces = frame.topology.faces;
            int o0 = (base + faces[3 * face]) * width;
            int o1 = (base + faces[3 * face + 1]) * width;
            int o2 = (base + faces[3 * face + 2]) * width;
            for (int k = 0; k < 3; k++) {
                double g0 = 0;
                double g1 = 0;
                double g2 = 0;
                for (int c = 0; c < count; c++) {
                    double moment = moments.of(k, from + c);
                    g0 += moment * x[o0 + c];
                    g1 += moment * x[o1 + c];
                    g2 += moment * x[o2 + c];
                    if (to >= 0) {
                        sums[k * stride + to + c] += moment;
                    }
                }
                barycentric[3 * k] += g0;
                barycentric[3 * k + 1] += g1;
                barycentric[3 * k + 2] += g2;
            }
        }

        private void depth(int face, int base) {
            for (int k = 0; k < 3; k++) {
                double moment = moments.of(k, surfaces.depth);
                sums[k * stride + CornerGradients.DEPTH] += moment;
                for (int j = 0; j < 3; j++) {
                    int v = base + frame.topology.faces[3 * face + j];
                    barycentric[3 * k + j] += moment * frame.vertexDepth[v];
                }
            }
        }

        /** The rows of M^-1 are the edge functions over the determinant. */
        private void barycentricToClip(int view, int face) {
            double[] c = frame.clip;
            int base = view * frame.topology.vertexCount;
            int v0 = 4 * (base + frame.topology.faces[3 * face]);
            int v1 = 4 * (base + frame.topology.faces[3 * face + 1]);
            int v2 = 4 * (base + frame.topology.faces[3 * face + 2]);
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

        /** Soft samples that the face at hand counts for, side by side. */
        private final class SoftSamples {
            private static final int MOST = 256;

            private int count;
            private final float[] x = new float[MOST];
            private final float[] y = new float[MOST];

            /** The edge nearest to the sample, by its first corner. */
            private final int[] edge = new int[MOST];

            private final double[] weight = new double[MOST];
            private final double[] exponent = new double[MOST];

            /** Takes those samples of a word that the face is among the nearest of. */
            void collect(int face, long word, int column, int row, int rowStart) {
                double sigma = frame.settings.sigmaInv();
                float sy = frame.grid.screenY[row];
                int found = count;
                for (long bits = word; bits != 0; bits &= bits - 1) {
                    int c = column + Long.numberOfTrailingZeros(bits);
                    int s = rowStart + c;
                    float sx = frame.grid.screenX[c];
                    long nearest = Outline.nearestEdge(sx, sy, outline, 0);
                    float d = Float.intBitsToFloat((int) (nearest >>> 32));
                    float farthest = frame.farthest[s];
                    if (d < farthest || d == farthest && face <= frame.farthestFace[s]) {
                        x[found] = sx;
                        y[found] = sy;
                        edge[found] = (int) nearest;
                        exponent[found] = sigma * d;
                        weight[found++] = gradients.softFactor(s);
                    }
                }
                count = found;
            }

            /**
             * Turns {@link #weight} into the factor of the way from the nearest point of the face:
             * 2 d prod / d(d^2). On an edge itself, where A = 1, the product is 0 and so is its
             * gradient.
             */
            void weigh() {
                Falloff.miss(exponent, count);
                double scale = 2 * frame.settings.sigmaInv();
                for (int k = 0; k < count; k++) {
                    double rest = exponent[k];
                    weight[k] *= scale * (1 - rest) / Math.max(rest, Double.MIN_NORMAL);
                }
            }
        }
    }
}
