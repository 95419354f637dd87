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

/**
 * What one node of an asset draws, at the asset's default pose: for file formats that know neither
 * nodes nor skins.
 *
 * @param name of the node
 * @param primitives rigid, in the asset's frame
 */
public record PosedPart(String name, List<Asset.Primitive> primitives) {

    /** The parts in the order of their nodes; those that are hidden are left out. */
    public static List<PosedPart> of(Asset asset) {
        AssetMesh mesh = AssetMesh.of(asset);
        List<PosedPart> parts = new ArrayList<>();
        int vertex = 0;
        for (Asset.Node node : asset.nodes()) {
            if (node.mesh() < 0 || node.hidden()) {
                continue;
            }
            List<Asset.Primitive> posed = new ArrayList<>();
            for (Asset.Primitive primitive : asset.meshes().get(node.mesh()).primitives()) {
                int end = vertex + primitive.positions().length / 3;
                posed.add(
                        new Asset.Primitive(
                                Arrays.copyOfRange(mesh.positions(), 3 * vertex, 3 * end),
                                Arrays.copyOfRange(mesh.normals(), 3 * vertex, 3 * end),
                                primitive.uvs(),
                                primitive.indices(),
                                primitive.material()));
                vertex = end;
            }
            parts.add(new PosedPart(node.name(), posed));
        }
        return parts;
    }
}
