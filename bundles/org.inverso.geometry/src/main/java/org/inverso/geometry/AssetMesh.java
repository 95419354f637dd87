/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.Skin;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * All of an asset as one mesh in the asset's frame, at its default pose: for rendering and for
 * measuring. Arrays are shared and not to be modified.
 *
 * @param positions {@code float[V*3]}, metres
 * @param normals {@code float[V*3]}, unit
 * @param uvs {@code float[V*2]}
 * @param faces {@code int[F*3]}
 * @param faceMaterial {@code int[F]}, index into the asset's materials
 */
public record AssetMesh(
        float[] positions, float[] normals, float[] uvs, int[] faces, int[] faceMaterial) {

    /** Flattens the nodes in their order; those that are hidden are left out. */
    public static AssetMesh of(Asset asset) {
        int vertices = 0;
        int corners = 0;
        for (Asset.Node node : asset.nodes()) {
            for (Asset.Primitive primitive : primitives(asset, node)) {
                vertices += primitive.positions().length / 3;
                corners += primitive.indices().length;
            }
        }
        AssetMesh mesh =
                new AssetMesh(
                        new float[3 * vertices],
                        new float[3 * vertices],
                        new float[2 * vertices],
                        new int[corners],
                        new int[corners / 3]);
        List<Matrix4f> global = asset.globalTransforms();
        int vertex = 0;
        int corner = 0;
        for (int n = 0; n < global.size(); n++) {
            Asset.Node node = asset.nodes().get(n);
            List<Matrix4f> joints =
                    node.skin() < 0 ? List.of() : joints(asset.skins().get(node.skin()), global);
            for (Asset.Primitive primitive : primitives(asset, node)) {
                if (node.skin() < 0) {
                    mesh.move(primitive, global.get(n), vertex);
                } else {
                    mesh.bend(primitive, joints, vertex);
                }
                mesh.fill(primitive, vertex, corner);
                vertex += primitive.positions().length / 3;
                corner += primitive.indices().length;
            }
        }
        return mesh;
    }

    /** From rest, asset frame, to where the nodes are now. */
    private static List<Matrix4f> joints(Asset.Skin skin, List<Matrix4f> global) {
        List<Matrix4f> joints = new ArrayList<>();
        for (int j = 0; j < skin.joints().length; j++) {
            Matrix4f inverseBind = new Matrix4f().set(skin.inverseBind(), 16 * j);
            joints.add(global.get(skin.joints()[j]).mul(inverseBind, inverseBind));
        }
        return joints;
    }

    private static List<Asset.Primitive> primitives(Asset asset, Asset.Node node) {
        return node.mesh() < 0 || node.hidden()
                ? List.of()
                : asset.meshes().get(node.mesh()).primitives();
    }

    private void move(Asset.Primitive primitive, Matrix4f transform, int vertex) {
        float[] p = primitive.positions();
        float[] n = primitive.normals();
        Vector3f v = new Vector3f();
        for (int i = 0; i < p.length; i += 3) {
            transform.transformPosition(v.set(p[i], p[i + 1], p[i + 2]));
            store(v, positions, 3 * vertex + i);
            // What shows is not scaled, so normals turn with the mesh.
            transform.transformDirection(v.set(n[i], n[i + 1], n[i + 2]));
            store(v, normals, 3 * vertex + i);
        }
    }

    private void bend(Asset.Primitive primitive, List<Matrix4f> joints, int vertex) {
        float[] p = primitive.positions();
        float[] n = primitive.normals();
        Vector3f v = new Vector3f();
        Matrix4f blend = new Matrix4f();
        for (int i = 0; i < p.length; i += 3) {
            blend.zero();
            for (int k = i / 3 * Skin.INFLUENCES; k < (i / 3 + 1) * Skin.INFLUENCES; k++) {
                if (primitive.weights()[k] > 0) {
                    blend.fma4x3(joints.get(primitive.joints()[k]), primitive.weights()[k]);
                }
            }
            blend.transformPosition(v.set(p[i], p[i + 1], p[i + 2]));
            store(v, positions, 3 * vertex + i);
            // As renderers do: what blending shears is small against what it turns.
            blend.transformDirection(v.set(n[i], n[i + 1], n[i + 2])).normalize();
            store(v, normals, 3 * vertex + i);
        }
    }

    private void fill(Asset.Primitive primitive, int vertex, int corner) {
        System.arraycopy(primitive.uvs(), 0, uvs, 2 * vertex, primitive.uvs().length);
        int[] indices = primitive.indices();
        for (int i = 0; i < indices.length; i++) {
            faces[corner + i] = vertex + indices[i];
        }
        Arrays.fill(faceMaterial, corner / 3, (corner + indices.length) / 3, primitive.material());
    }

    private static void store(Vector3f v, float[] dest, int at) {
        dest[at] = v.x;
        dest[at + 1] = v.y;
        dest[at + 2] = v.z;
    }

    public int vertexCount() {
        return positions.length / 3;
    }

    public int faceCount() {
        return faces.length / 3;
    }

    /** Lowest corner of the bounding box; positive infinity when there are no vertices. */
    public Vector3f min() {
        Vector3f min = new Vector3f(Float.POSITIVE_INFINITY);
        for (int i = 0; i < positions.length; i += 3) {
            min.min(new Vector3f(positions[i], positions[i + 1], positions[i + 2]));
        }
        return min;
    }

    /** Highest corner of the bounding box; negative infinity when there are no vertices. */
    public Vector3f max() {
        Vector3f max = new Vector3f(Float.NEGATIVE_INFINITY);
        for (int i = 0; i < positions.length; i += 3) {
            max.max(new Vector3f(positions[i], positions[i + 1], positions[i + 2]));
        }
        return max;
    }

    /** Centre of the bounding box. */
    public Vector3f centre() {
        return min().add(max()).mul(0.5f);
    }
}
