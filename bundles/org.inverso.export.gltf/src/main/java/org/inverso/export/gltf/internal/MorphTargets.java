/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.inverso.api.asset.Asset;

/**
 * Shape keys of one primitive as morph targets.
 *
 * @param base the primitive without its keys, to which readers add them
 */
record MorphTargets(Asset.Primitive base, List<float[]> positions, List<float[]> normals) {

    /**
     * @param index of a primitive of the mesh
     */
    static MorphTargets of(Asset.Mesh mesh, int index) {
        Asset.Primitive shown = mesh.primitives().get(index);
        if (mesh.shapeKeys().isEmpty()) {
            return new MorphTargets(shown, List.of(), List.of());
        }
        for (Asset.ShapeKey key : mesh.shapeKeys()) {
            String what = "mesh " + mesh.name() + ", shape key " + key.name();
            int count = mesh.primitives().size();
            if (key.positions().size() != count
                    || key.normals().size() != count
                    || key.positions().get(index).length != shown.positions().length
                    || key.normals().get(index).length != shown.normals().length) {
                throw GltfDocument.invalid(what + ": it does not fit the primitives");
            }
            GltfDocument.requireFinite(what + " weights", new float[] {key.weight()});
            GltfDocument.requireFinite(what + " positions", key.positions().get(index));
            GltfDocument.requireFinite(what + " normals", key.normals().get(index));
        }
        List<float[]> positions =
                mesh.shapeKeys().stream().map(key -> key.positions().get(index)).toList();
        List<float[]> normals =
                mesh.shapeKeys().stream().map(key -> key.normals().get(index)).toList();
        Asset.Primitive base =
                new Asset.Primitive(
                        without(shown.positions(), mesh.shapeKeys(), positions),
                        without(shown.normals(), mesh.shapeKeys(), normals),
                        shown.uvs(),
                        shown.indices(),
                        shown.material(),
                        shown.joints(),
                        shown.weights());
        return new MorphTargets(base, positions, normals);
    }

    private static float[] without(
            float[] shown, List<Asset.ShapeKey> keys, List<float[]> targets) {
        float[] base = new float[shown.length];
        for (int i = 0; i < base.length; i++) {
            double value = shown[i];
            for (int k = 0; k < targets.size(); k++) {
                value -= (double) keys.get(k).weight() * targets.get(k)[i];
            }
            base[i] = (float) value;
        }
        return base;
    }

    void writeTo(ObjectNode primitive, BinaryChunk binary) {
        if (positions.isEmpty()) {
            return;
        }
        ArrayNode targets = primitive.putArray("targets");
        for (int k = 0; k < positions.size(); k++) {
            targets.addObject()
                    .put("POSITION", binary.positions(positions.get(k)))
                    .put("NORMAL", binary.normals(normals.get(k)));
        }
    }

    /** Weights, and names where programs look for them. */
    static void writeKeys(Asset.Mesh mesh, ObjectNode object) {
        if (mesh.shapeKeys().isEmpty()) {
            return;
        }
        ArrayNode weights = object.putArray("weights");
        ArrayNode names = object.putObject("extras").putArray("targetNames");
        for (Asset.ShapeKey key : mesh.shapeKeys()) {
            weights.add(key.weight());
            names.add(key.name());
        }
    }
}
