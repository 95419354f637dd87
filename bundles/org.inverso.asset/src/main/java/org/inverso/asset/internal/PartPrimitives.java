/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.Part;
import org.inverso.api.category.Skin;
import org.inverso.api.category.TemplateMesh;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/** Cuts a part into primitives; corners of one vertex with one normal become one vertex. */
final class PartPrimitives {

    /** Two normals that differ by less are one. */
    private static final float NORMAL_STEP = 1e-3f;

    private PartPrimitives() {}

    /**
     * The part's faces by material.
     *
     * @param rest {@code float[V*3]}, object frame
     * @param normals {@code float[F*9]}, of the face corners at rest
     * @param centre of the node's frame in the object's
     * @param toLocal from the object's axes to the node's
     * @param keys that the mesh gets
     * @return named like the part; without primitives when no face shows
     */
    static Asset.Mesh of(
            TemplateMesh template,
            Part part,
            float[] rest,
            float[] normals,
            Vector3fc centre,
            Quaternionf toLocal,
            ShapeKeys keys) {
        List<Asset.Primitive> primitives = new ArrayList<>();
        List<int[]> sources = new ArrayList<>();
        for (int m = 0; m < template.materials().size(); m++) {
            int[] corners = corners(template, part, m);
            if (corners.length > 0) {
                int[] indices = new int[corners.length];
                int[] source = merged(template, corners, normals, indices);
                primitives.add(
                        primitive(template, source, indices, m, rest, normals, centre, toLocal));
                sources.add(source);
            }
        }
        return new Asset.Mesh(
                part.name(), primitives, keys.of(template, primitives, sources, toLocal));
    }

    /** Corners of the part's faces of one material, without faces that name a vertex twice. */
    private static int[] corners(TemplateMesh template, Part part, int material) {
        int[] corners = new int[3 * part.faceCount()];
        int count = 0;
        int[] faces = template.faces();
        for (int f = part.firstFace(); f < part.firstFace() + part.faceCount(); f++) {
            int a = faces[3 * f];
            int b = faces[3 * f + 1];
            int c = faces[3 * f + 2];
            if (template.faceMaterial()[f] == material && a != b && b != c && c != a) {
                corners[count++] = 3 * f;
                corners[count++] = 3 * f + 1;
                corners[count++] = 3 * f + 2;
            }
        }
        return Arrays.copyOf(corners, count);
    }

    private record Key(int vertex, int x, int y, int z) {}

    /**
     * @param indices gets the vertex of each corner
     * @return the first corner of each vertex
     */
    private static int[] merged(
            TemplateMesh template, int[] corners, float[] normals, int[] indices) {
        Map<Key, Integer> known = new HashMap<>();
        int[] firstCorner = new int[corners.length];
        for (int i = 0; i < corners.length; i++) {
            int n = 3 * corners[i];
            Key key =
                    new Key(
                            template.faces()[corners[i]],
                            Math.round(normals[n] / NORMAL_STEP),
                            Math.round(normals[n + 1] / NORMAL_STEP),
                            Math.round(normals[n + 2] / NORMAL_STEP));
            Integer index = known.get(key);
            if (index == null) {
                index = known.size();
                firstCorner[index] = corners[i];
                known.put(key, index);
            }
            indices[i] = index;
        }
        return Arrays.copyOf(firstCorner, known.size());
    }

    private static Asset.Primitive primitive(
            TemplateMesh template,
            int[] firstCorner,
            int[] indices,
            int material,
            float[] rest,
            float[] normals,
            Vector3fc centre,
            Quaternionf toLocal) {
        int count = firstCorner.length;
        float[] positions = new float[3 * count];
        float[] directions = new float[3 * count];
        float[] uvs = new float[2 * count];
        Vector3f v = new Vector3f();
        for (int i = 0; i < count; i++) {
            int corner = firstCorner[i];
            int vertex = template.faces()[corner];
            toLocal.transform(
                    v.set(rest[3 * vertex], rest[3 * vertex + 1], rest[3 * vertex + 2])
                            .sub(centre));
            put(v, positions, i);
            toLocal.transform(
                            v.set(
                                    normals[3 * corner],
                                    normals[3 * corner + 1],
                                    normals[3 * corner + 2]))
                    .normalize();
            put(v, directions, i);
            uvs[2 * i] = template.uvs()[2 * vertex];
            uvs[2 * i + 1] = template.uvs()[2 * vertex + 1];
        }
        int influences = template.skin().isPresent() ? Skin.INFLUENCES : 0;
        int[] joints = new int[influences * count];
        float[] weights = new float[influences * count];
        for (int i = 0; i < joints.length; i++) {
            Skin skin = template.skin().orElseThrow();
            int vertex = template.faces()[firstCorner[i / influences]];
            joints[i] = skin.joints()[influences * vertex + i % influences];
            weights[i] = skin.weights()[influences * vertex + i % influences];
        }
        return new Asset.Primitive(positions, directions, uvs, indices, material, joints, weights);
    }

    private static void put(Vector3fc v, float[] dest, int index) {
        dest[3 * index] = v.x();
        dest[3 * index + 1] = v.y();
        dest[3 * index + 2] = v.z();
    }
}
