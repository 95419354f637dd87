/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.List;
import org.inverso.api.asset.Asset;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * All of an asset as one mesh in the asset's frame, at its default pose.
 *
 * @param positions {@code float[V*3]}, metres
 * @param faces {@code int[F*3]}
 */
record FlatMesh(float[] positions, int[] faces) {

    static FlatMesh of(Asset asset) {
        int floats = 0;
        int corners = 0;
        for (Asset.Node node : asset.nodes()) {
            for (Asset.Primitive primitive : primitives(asset, node)) {
                floats += primitive.positions().length;
                corners += primitive.indices().length;
            }
        }
        float[] positions = new float[floats];
        int[] faces = new int[corners];
        int p = 0;
        int f = 0;
        Vector3f v = new Vector3f();
        List<Matrix4f> global = asset.globalTransforms();
        for (int n = 0; n < global.size(); n++) {
            for (Asset.Primitive primitive : primitives(asset, asset.nodes().get(n))) {
                int first = p / 3;
                for (int index : primitive.indices()) {
                    faces[f++] = first + index;
                }
                float[] local = primitive.positions();
                for (int i = 0; i < local.length; i += 3) {
                    global.get(n).transformPosition(v.set(local[i], local[i + 1], local[i + 2]));
                    positions[p++] = v.x;
                    positions[p++] = v.y;
                    positions[p++] = v.z;
                }
            }
        }
        return new FlatMesh(positions, faces);
    }

    private static List<Asset.Primitive> primitives(Asset asset, Asset.Node node) {
        return node.mesh() < 0 ? List.of() : asset.meshes().get(node.mesh()).primitives();
    }

    int vertexCount() {
        return positions.length / 3;
    }

    /** Centre of the bounding box. */
    Vector3f centre() {
        Vector3f min = new Vector3f(Float.POSITIVE_INFINITY);
        Vector3f max = new Vector3f(Float.NEGATIVE_INFINITY);
        Vector3f v = new Vector3f();
        for (int i = 0; i < positions.length; i += 3) {
            v.set(positions[i], positions[i + 1], positions[i + 2]);
            min.min(v);
            max.max(v);
        }
        return min.add(max).mul(0.5f);
    }
}
