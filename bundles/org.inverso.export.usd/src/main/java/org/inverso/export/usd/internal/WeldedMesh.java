/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;

/**
 * A mesh whose points are shared by all faces that meet in them, with normals and texture
 * coordinates by face corner, as USD has it. Where the asset cuts a surface along a crease, a seam
 * or the border of two materials, this one is closed.
 */
final class WeldedMesh {

    /** Joints that a point may follow. */
    static final int INFLUENCES = 4;

    /** Points of one place that move alike are one. */
    private record Place(float x, float y, float z, List<Integer> joints, List<Float> weights) {}

    private record Uv(float u, float v) {}

    private final List<Asset.Primitive> primitives;
    private final Map<Place, Integer> places = new HashMap<>();
    private final Map<Uv, Integer> uvs = new HashMap<>();
    private final Floats points = new Floats();
    private final Floats texels = new Floats();
    private final Floats weights = new Floats();
    private final List<Integer> joints = new ArrayList<>();
    private final int[] corners;
    private final int[] uvIndices;
    private final float[] normals;

    /** A list of plain numbers. */
    private static final class Floats {
        private float[] values = new float[256];
        private int size;

        void add(float value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            // + 0 turns a negative zero into zero.
            values[size++] = value + 0f;
        }

        float[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    WeldedMesh(Asset.Mesh mesh) {
        primitives = mesh.primitives();
        int count = primitives.stream().mapToInt(p -> p.indices().length).sum();
        corners = new int[count];
        uvIndices = new int[count];
        normals = new float[3 * count];
        int corner = 0;
        for (Asset.Primitive primitive : primitives) {
            corner = add(primitive, corner);
        }
    }

    private int add(Asset.Primitive p, int first) {
        int vertices = p.positions().length / 3;
        int[] point = new int[vertices];
        int[] uv = new int[vertices];
        for (int v = 0; v < vertices; v++) {
            point[v] = point(p, v);
            // The origin of USD's texture coordinates is the lower left corner.
            uv[v] = uv(p.uvs()[2 * v], 1 - p.uvs()[2 * v + 1]);
        }
        int corner = first;
        for (int v : p.indices()) {
            corners[corner] = point[v];
            uvIndices[corner] = uv[v];
            System.arraycopy(p.normals(), 3 * v, normals, 3 * corner, 3);
            corner++;
        }
        return corner;
    }

    private int point(Asset.Primitive p, int v) {
        List<Integer> joint = new ArrayList<>();
        List<Float> weight = new ArrayList<>();
        for (int k = INFLUENCES * v; p.joints().length > 0 && k < INFLUENCES * (v + 1); k++) {
            joint.add(p.joints()[k]);
            weight.add(p.weights()[k]);
        }
        Place place =
                new Place(
                        p.positions()[3 * v] + 0f,
                        p.positions()[3 * v + 1] + 0f,
                        p.positions()[3 * v + 2] + 0f,
                        joint,
                        weight);
        Integer known = places.putIfAbsent(place, places.size());
        if (known != null) {
            return known;
        }
        points.add(place.x);
        points.add(place.y);
        points.add(place.z);
        joints.addAll(joint);
        weight.forEach(weights::add);
        return places.size() - 1;
    }

    private int uv(float u, float v) {
        Integer known = uvs.putIfAbsent(new Uv(u, v), uvs.size());
        if (known != null) {
            return known;
        }
        texels.add(u);
        texels.add(v);
        return uvs.size() - 1;
    }

    /** {@code float[P*3]}. */
    float[] points() {
        return points.toArray();
    }

    /** {@code int[F*3]}, indices of points. */
    int[] corners() {
        return corners;
    }

    /** {@code float[F*9]}, of the corners. */
    float[] normals() {
        return normals;
    }

    /** {@code float[T*2]}. */
    float[] uvs() {
        return texels.toArray();
    }

    /** {@code int[F*3]}, into the texture coordinates. */
    int[] uvIndices() {
        return uvIndices;
    }

    boolean skinned() {
        return !joints.isEmpty();
    }

    /** {@code int[P*4]}, into the joints of the skin. */
    int[] joints() {
        return joints.stream().mapToInt(Integer::intValue).toArray();
    }

    /** {@code float[P*4]}. */
    float[] weights() {
        return weights.toArray();
    }

    /** Faces that came from each primitive: from the sum of those before. */
    List<Asset.Primitive> primitives() {
        return primitives;
    }

    /** Lowest and highest corner of the bounding box, {@code float[6]}. */
    float[] extent() {
        return extent(points());
    }

    static float[] extent(float[] points) {
        float[] extent = new float[6];
        for (int c = 0; c < 3; c++) {
            extent[c] = Float.POSITIVE_INFINITY;
            extent[3 + c] = Float.NEGATIVE_INFINITY;
            for (int i = c; i < points.length; i += 3) {
                extent[c] = Math.min(extent[c], points[i]);
                extent[3 + c] = Math.max(extent[3 + c], points[i]);
            }
        }
        return extent;
    }
}
