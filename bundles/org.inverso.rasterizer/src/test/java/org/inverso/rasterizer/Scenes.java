/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** Meshes and scenes that tests and measurements share. */
public final class Scenes {

    /**
     * A mesh of triangles.
     *
     * @param faces {@code int[F*3]}
     * @param positions {@code float[V*3]}
     */
    public record Mesh(int[] faces, float[] positions) {
        public int vertexCount() {
            return positions.length / 3;
        }

        public int faceCount() {
            return faces.length / 3;
        }
    }

    private Scenes() {}

    /** A unit sphere of 20 * 4^level faces. */
    public static Mesh icoSphere(int level) {
        float g = (float) ((1 + Math.sqrt(5)) / 2);
        List<Vector3f> points = new ArrayList<>();
        for (float[] p :
                new float[][] {
                    {-1, g, 0}, {1, g, 0}, {-1, -g, 0}, {1, -g, 0}, {0, -1, g}, {0, 1, g},
                    {0, -1, -g}, {0, 1, -g}, {g, 0, -1}, {g, 0, 1}, {-g, 0, -1}, {-g, 0, 1}
                }) {
            points.add(new Vector3f(p).normalize());
        }
        int[] faces = {
            0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6,
            7, 1, 8, 3, 9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6,
            7, 9, 8, 1
        };
        for (int l = 0; l < level; l++) {
            Map<Long, Integer> middles = new HashMap<>();
            int[] finer = new int[4 * faces.length];
            int o = 0;
            for (int f = 0; f < faces.length; f += 3) {
                int a = faces[f];
                int b = faces[f + 1];
                int c = faces[f + 2];
                int ab = middle(points, middles, a, b);
                int bc = middle(points, middles, b, c);
                int ca = middle(points, middles, c, a);
                for (int v : new int[] {a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca}) {
                    finer[o++] = v;
                }
            }
            faces = finer;
        }
        float[] positions = new float[3 * points.size()];
        for (int v = 0; v < points.size(); v++) {
            positions[3 * v] = points.get(v).x;
            positions[3 * v + 1] = points.get(v).y;
            positions[3 * v + 2] = points.get(v).z;
        }
        return new Mesh(faces, positions);
    }

    private static int middle(List<Vector3f> points, Map<Long, Integer> known, int a, int b) {
        long key = (long) Math.min(a, b) << 32 | Math.max(a, b);
        return known.computeIfAbsent(
                key,
                k -> {
                    points.add(new Vector3f(points.get(a)).add(points.get(b)).normalize());
                    return points.size() - 1;
                });
    }

    /** Two meshes as one. */
    public static Mesh join(Mesh a, Mesh b) {
        int[] faces = new int[a.faces.length + b.faces.length];
        System.arraycopy(a.faces, 0, faces, 0, a.faces.length);
        for (int i = 0; i < b.faces.length; i++) {
            faces[a.faces.length + i] = a.vertexCount() + b.faces[i];
        }
        float[] positions = new float[a.positions.length + b.positions.length];
        System.arraycopy(a.positions, 0, positions, 0, a.positions.length);
        System.arraycopy(b.positions, 0, positions, a.positions.length, b.positions.length);
        return new Mesh(faces, positions);
    }

    /** A mesh scaled, then moved. */
    public static Mesh place(Mesh mesh, float scale, float x, float y, float z) {
        float[] p = mesh.positions.clone();
        float[] by = {x, y, z};
        for (int i = 0; i < p.length; i++) {
            p[i] = scale * p[i] + by[i % 3];
        }
        return new Mesh(mesh.faces, p);
    }

    /** A camera around the origin. */
    public static OrbitCamera camera(
            float azimuthDeg, float elevationDeg, float distance, float focal) {
        return new OrbitCamera(azimuthDeg, elevationDeg, 0, distance, focal, 0, 0, new Vector3f());
    }

    /** One mesh in all views; cameras by view; nothing else. */
    public static RasterScene scene(Mesh mesh, OrbitCamera... cameras) {
        RasterScene scene = new RasterScene();
        int views = cameras.length;
        scene.positions = new float[views * mesh.positions.length];
        scene.view = new float[16 * views];
        scene.projection = new float[16 * views];
        for (int v = 0; v < views; v++) {
            System.arraycopy(
                    mesh.positions,
                    0,
                    scene.positions,
                    v * mesh.positions.length,
                    mesh.positions.length);
            cameras[v].view(new Matrix4f()).get(scene.view, 16 * v);
            cameras[v].projection(new Matrix4f()).get(scene.projection, 16 * v);
        }
        return scene;
    }

    /** Moves every vertex a little, each view's differently. */
    public static void shake(RasterScene scene, float by, Random random) {
        for (int i = 0; i < scene.positions.length; i++) {
            scene.positions[i] += by * (2 * random.nextFloat() - 1);
        }
    }

    /** Random vertex attributes between 0 and 1. */
    public static void addAttributes(RasterScene scene, int count, Random random) {
        scene.attributeCount = count;
        scene.attributes = random(scene.positions.length / 3 * count, random);
    }

    /** A random texture, and texture coordinates from directions, some beyond the borders. */
    public static void addTexture(
            RasterScene scene, int views, int width, int height, Random random) {
        scene.texture = random(views * width * height * 3, random);
        scene.textureWidth = width;
        scene.textureHeight = height;
        int vertices = scene.positions.length / 3 / views;
        scene.uvs = new float[2 * vertices];
        for (int v = 0; v < vertices; v++) {
            scene.uvs[2 * v] = 0.5f + 0.6f * scene.positions[3 * v];
            scene.uvs[2 * v + 1] = 0.5f - 0.6f * scene.positions[3 * v + 1];
        }
    }

    /** Random lights of the settings' kind. */
    public static void addLights(RasterScene scene, RasterSettings settings, Random random) {
        int numbers =
                switch (settings.shading()) {
                    case NONE -> 0;
                    case LAMBERT -> 9;
                    case PHONG -> 13;
                    case SPHERICAL_HARMONICS -> 27;
                };
        scene.lights = numbers == 0 ? null : random(settings.batch() * numbers, random);
        if (settings.shading() == Shading.PHONG) {
            for (int v = 0; v < settings.batch(); v++) {
                scene.lights[13 * v + 12] = 3 + v;
            }
        }
    }

    /** Numbers between 0 and 1. */
    public static float[] random(int length, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }
}
