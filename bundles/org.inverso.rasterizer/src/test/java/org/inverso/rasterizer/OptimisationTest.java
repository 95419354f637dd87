/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Random;
import org.inverso.api.raster.RasterGradients;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.raster.RasterUpstream;
import org.inverso.api.scene.OrbitCamera;
import org.joml.AxisAngle4d;
import org.joml.Matrix4d;
import org.joml.Matrix4f;
import org.joml.Vector3d;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradients good enough to find a scene from its images alone. */
class OptimisationTest {
    private final JvmRasterizer rasterizer = new JvmRasterizer(2);

    @AfterEach
    void close() {
        rasterizer.close();
    }

    @Test
    void sphereIntoSilhouettes() {
        Scenes.Mesh sphere = Scenes.icoSphere(2);
        RasterSettings settings = RasterSettings.of(64).withBatch(8).withSoftMask(3000, 0.1f, 30);
        RasterScene target = Scenes.scene(ellipsoid(sphere), around());
        RasterScene scene = Scenes.scene(Scenes.place(sphere, 0.5f, 0, 0, 0), around());
        try (RasterSession session =
                rasterizer.open(sphere.faces(), sphere.vertexCount(), settings)) {
            float[] wanted = session.forward(target).softMask.clone();
            int[] wantedFaces = session.forward(target).faceIndex.clone();
            RasterUpstream upstream = new RasterUpstream();
            upstream.softMask = new float[wanted.length];
            float[] vertices = new float[sphere.positions().length];
            System.arraycopy(scene.positions, 0, vertices, 0, vertices.length);
            float[] shared = new float[vertices.length];
            float before = iou(session.forward(scene).faceIndex, wantedFaces);
            Adam adam = new Adam(vertices.length, 0.01f);
            for (int step = 0; step < 120; step++) {
                for (int v = 0; v < 8; v++) {
                    System.arraycopy(
                            vertices, 0, scene.positions, v * vertices.length, vertices.length);
                }
                RasterImages images = session.forward(scene);
                for (int i = 0; i < wanted.length; i++) {
                    upstream.softMask[i] = 2 * (images.softMask[i] - wanted[i]);
                }
                float[] g = session.backward(upstream).positions;
                for (int i = 0; i < shared.length; i++) {
                    shared[i] = 0;
                    for (int v = 0; v < 8; v++) {
                        shared[i] += g[v * shared.length + i];
                    }
                }
                adam.step(vertices, shared);
            }
            assertThat(before).isLessThan(0.8f);
            assertThat(iou(session.forward(scene).faceIndex, wantedFaces)).isGreaterThan(0.97f);
        }
    }

    @Test
    void limbInFrontOfTheBody() {
        // All of the limb is in front of the body: only antialiased colour tells where it is.
        float[] square = {-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0};
        Scenes.Mesh quad = new Scenes.Mesh(new int[] {0, 1, 2, 0, 2, 3}, square);
        Scenes.Mesh mesh =
                Scenes.join(Scenes.place(quad, 1, 0, 0, 0), Scenes.place(quad, 0.25f, 0, 0, 0.5f));
        RasterSettings settings = RasterSettings.of(48).withAntialias(true);
        RasterScene scene = Scenes.scene(mesh, Scenes.camera(0, 0, 3, 2));
        scene.attributeCount = 3;
        scene.attributes = new float[24];
        for (int i = 12; i < 24; i++) {
            scene.attributes[i] = 1;
        }
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            float[] start = scene.positions.clone();
            moveLimb(scene, start, new float[] {0.17f, -0.11f, 0.3f});
            float[] wanted = session.forward(scene).color.clone();
            RasterUpstream upstream = new RasterUpstream();
            upstream.color = new float[wanted.length];
            float[] offset = new float[3];
            Adam adam = new Adam(3, 0.01f);
            for (int step = 0; step < 200; step++) {
                moveLimb(scene, start, offset);
                RasterImages images = session.forward(scene);
                for (int i = 0; i < wanted.length; i++) {
                    upstream.color[i] = 2 * (images.color[i] - wanted[i]);
                }
                float[] g = session.backward(upstream).positions;
                float[] sum = new float[3];
                for (int i = 12; i < 24; i++) {
                    sum[i % 3] += g[i];
                }
                adam.step(offset, sum);
            }
            assertThat(offset[0]).isBetween(0.16f, 0.18f);
            assertThat(offset[1]).isBetween(-0.12f, -0.10f);
            assertThat(offset[2]).isBetween(0.27f, 0.33f);
        }
    }

    private static void moveLimb(RasterScene scene, float[] start, float[] offset) {
        for (int i = 12; i < 24; i++) {
            scene.positions[i] = start[i] + offset[i % 3];
        }
    }

    @Test
    void cameraFromThirtyDegreesAway() {
        Scenes.Mesh mesh = ellipsoid(Scenes.icoSphere(3));
        RasterSettings settings =
                RasterSettings.of(64).withSoftMask(500, 0.2f, 30).withAntialias(true);
        OrbitCamera camera = Scenes.camera(40, 10, 3, 2.4f);
        RasterScene scene = Scenes.scene(mesh, camera);
        scene.attributeCount = 3;
        scene.attributes = scene.positions.clone();
        for (int i = 0; i < scene.attributes.length; i++) {
            scene.attributes[i] = 0.5f + 0.5f * scene.attributes[i];
        }
        Matrix4d wanted = new Matrix4d(camera.view(new Matrix4f()));
        Matrix4d start = wanted.rotate(Math.toRadians(30), SKEW, new Matrix4d());
        assertThat(degreesBetween(start, wanted)).isCloseTo(30, offset(0.01));
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            RasterImages images = session.forward(scene);
            float[] mask = images.softMask.clone();
            float[] color = images.color.clone();
            RasterUpstream upstream = new RasterUpstream();
            upstream.softMask = new float[mask.length];
            upstream.color = new float[color.length];
            float[] turn = new float[3];
            Adam adam = new Adam(3, 0.02f);
            for (int step = 0; step < 100; step++) {
                turned(start, turn).get(scene.view);
                images = session.forward(scene);
                difference(images.softMask, mask, upstream.softMask);
                difference(images.color, color, upstream.color);
                adam.step(turn, byTurn(start, turn, session.backward(upstream).view));
            }
            assertThat(degreesBetween(turned(start, turn), wanted)).isLessThan(1);
        }
    }

    private static final Vector3d SKEW = new Vector3d(0.5, 0.7, -0.4).normalize();

    /** A view of the object turned by a vector: about its direction, by its length. */
    private static Matrix4d turned(Matrix4d view, float[] turn) {
        Vector3d axis = new Vector3d(turn[0], turn[1], turn[2]);
        double angle = axis.length();
        return angle == 0
                ? new Matrix4d(view)
                : view.rotate(angle, axis.div(angle), new Matrix4d());
    }

    /** From the gradient with regard to the view matrix to that with regard to the turn. */
    private static float[] byTurn(Matrix4d start, float[] turn, float[] byView) {
        float[] result = new float[3];
        float step = 1e-3f;
        for (int axis = 0; axis < 3; axis++) {
            float[] moved = turn.clone();
            moved[axis] = turn[axis] + step;
            float[] above = turned(start, moved).get(new float[16]);
            moved[axis] = turn[axis] - step;
            float[] below = turned(start, moved).get(new float[16]);
            for (int k = 0; k < 16; k++) {
                result[axis] += byView[k] * (above[k] - below[k]) / (2 * step);
            }
        }
        return result;
    }

    private static void difference(float[] actual, float[] wanted, float[] dest) {
        for (int i = 0; i < dest.length; i++) {
            dest[i] = 2 * (actual[i] - wanted[i]);
        }
    }

    private static double degreesBetween(Matrix4d a, Matrix4d b) {
        return Math.toDegrees(new AxisAngle4d().set(new Matrix4d(a).invert().mul(b)).angle);
    }

    @Test
    void lightDirection() {
        Scenes.Mesh sphere = Scenes.icoSphere(3);
        RasterSettings settings = RasterSettings.of(48).withShading(Shading.LAMBERT);
        RasterScene scene = Scenes.scene(sphere, Scenes.camera(20, 10, 4, 2.5f));
        scene.attributeCount = 3;
        scene.attributes = new float[sphere.positions().length];
        Arrays.fill(scene.attributes, 0.7f);
        Vector3f wanted = new Vector3f(-0.3f, 0.5f, 1);
        scene.lights = new float[] {wanted.x, wanted.y, wanted.z, 1, 1, 1, 0.2f, 0.2f, 0.2f};
        float[] direction = {1, 0.2f, 0.3f};
        fitColor(
                sphere,
                settings,
                scene,
                direction,
                0.02f,
                () -> System.arraycopy(direction, 0, scene.lights, 0, 3),
                g -> g.lights);
        assertThat(Math.toDegrees(wanted.angle(new Vector3f(direction)))).isLessThan(3);
    }

    @Test
    void texture() {
        Scenes.Mesh sphere = Scenes.icoSphere(3);
        RasterSettings settings = RasterSettings.of(96);
        RasterScene scene = Scenes.scene(sphere, Scenes.camera(0, 0, 4, 3.6f));
        Scenes.addTexture(scene, 1, 16, 16, new Random(7));
        float[] wanted = scene.texture.clone();
        float[] texels = new float[wanted.length];
        Arrays.fill(texels, 0.5f);
        fitColor(
                sphere,
                settings,
                scene,
                texels,
                0.02f,
                () -> scene.texture = texels,
                g -> g.texture);
        float[] weights = weights(sphere, settings, scene);
        double error = 0;
        int count = 0;
        for (int i = 0; i < texels.length; i++) {
            if (weights[i] > 0.5f) {
                count++;
                error += (texels[i] - wanted[i]) * (texels[i] - wanted[i]);
            }
        }
        assertThat(count).isGreaterThan(3 * 150);
        assertThat(-10 * Math.log10(error / count)).isGreaterThan(35);
    }

    /** How many pixels each texel makes up: the gradient of the sum of all pixels. */
    private float[] weights(Scenes.Mesh mesh, RasterSettings settings, RasterScene scene) {
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            RasterUpstream upstream = new RasterUpstream();
            upstream.color = new float[session.forward(scene).color.length];
            Arrays.fill(upstream.color, 1);
            return session.backward(upstream).texture;
        }
    }

    private interface GradientOf {
        float[] of(RasterGradients gradients);
    }

    private void fitColor(
            Scenes.Mesh mesh,
            RasterSettings settings,
            RasterScene scene,
            float[] unknown,
            float rate,
            Runnable apply,
            GradientOf gradient) {
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            float[] wanted = session.forward(scene).color.clone();
            RasterUpstream upstream = new RasterUpstream();
            upstream.color = new float[wanted.length];
            Adam adam = new Adam(unknown.length, rate);
            for (int step = 0; step < 200; step++) {
                apply.run();
                RasterImages images = session.forward(scene);
                for (int i = 0; i < wanted.length; i++) {
                    upstream.color[i] = 2 * (images.color[i] - wanted[i]);
                }
                adam.step(unknown, gradient.of(session.backward(upstream)));
            }
        }
    }

    private static Scenes.Mesh ellipsoid(Scenes.Mesh sphere) {
        float[] p = sphere.positions().clone();
        float[] axes = {0.8f, 0.45f, 0.6f};
        for (int i = 0; i < p.length; i++) {
            p[i] *= axes[i % 3];
        }
        return new Scenes.Mesh(sphere.faces(), p);
    }

    private static OrbitCamera[] around() {
        OrbitCamera[] cameras = new OrbitCamera[8];
        for (int v = 0; v < 8; v++) {
            cameras[v] = Scenes.camera(45 * v, v % 2 == 0 ? 10 : 40, 3, 2.4f);
        }
        return cameras;
    }

    private static float iou(int[] a, int[] b) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < a.length; i++) {
            boolean inA = a[i] >= 0;
            boolean inB = b[i] >= 0;
            both += inA && inB ? 1 : 0;
            either += inA || inB ? 1 : 0;
        }
        return (float) both / either;
    }

    /** Kingma and Ba 2015, arXiv 1412.6980; the rate falls linearly to a tenth over 200 steps. */
    private static final class Adam {
        private final float[] mean;
        private final float[] square;
        private final float rate;
        private int steps;

        Adam(int size, float rate) {
            mean = new float[size];
            square = new float[size];
            this.rate = rate;
        }

        void step(float[] values, float[] gradient) {
            steps++;
            double now = rate * Math.max(0.1, 1 - steps / 200.0);
            for (int i = 0; i < values.length; i++) {
                float g = gradient[i];
                mean[i] += 0.1f * (g - mean[i]);
                square[i] += 0.01f * (g * g - square[i]);
                double m = mean[i] / (1 - Math.pow(0.9, steps));
                double s = square[i] / (1 - Math.pow(0.99, steps));
                values[i] -= (float) (now * m / (Math.sqrt(s) + 1e-10));
            }
        }
    }
}
