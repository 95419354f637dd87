/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.Arrays;
import java.util.List;
import org.inverso.api.asset.Asset;
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

    /** Flattens the nodes in their order. */
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
            for (Asset.Primitive primitive : primitives(asset, asset.nodes().get(n))) {
                mesh.fill(primitive, global.get(n), vertex, corner);
                vertex += primitive.positions().length / 3;
                corner += primitive.indices().length;
            }
        }
        return mesh;
    }

    private static List<Asset.Primitive> primitives(Asset asset, Asset.Node node) {
        return node.mesh() < 0 ? List.of() : asset.meshes().get(node.mesh()).primitives();
    }

    private void fill(Asset.Primitive primitive, Matrix4f transform, int vertex, int corner) {
        Vector3f v = new Vector3f();
        float[] p = primitive.positions();
        float[] n = primitive.normals();
        for (int i = 0; i < p.length; i += 3) {
            transform.transformPosition(v.set(p[i], p[i + 1], p[i + 2]));
            store(v, positions, 3 * vertex + i);
            // Node transforms are rigid, so normals turn with the mesh.
            transform.transformDirection(v.set(n[i], n[i + 1], n[i + 2]));
            store(v, normals, 3 * vertex + i);
        }
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
