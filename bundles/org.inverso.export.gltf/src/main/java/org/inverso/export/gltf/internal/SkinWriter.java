/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.inverso.api.asset.Asset;

/** Writes the skins that nodes use. */
final class SkinWriter {

    private final Asset asset;
    private final BinaryChunk binary;
    private final ObjectMapper mapper;

    SkinWriter(Asset asset, BinaryChunk binary, ObjectMapper mapper) {
        this.asset = asset;
        this.binary = binary;
        this.mapper = mapper;
    }

    /**
     * @return new index by old index
     */
    Map<Integer, Integer> writeTo(ObjectNode root) {
        Map<Integer, Integer> indices = new HashMap<>();
        ArrayNode skins = mapper.createArrayNode();
        for (Asset.Node node : asset.nodes()) {
            if (node.skin() < 0 || indices.containsKey(node.skin())) {
                continue;
            }
            indices.put(node.skin(), skins.size());
            write(asset.skins().get(node.skin()), skins.addObject());
        }
        if (!skins.isEmpty()) {
            root.set("skins", skins);
        }
        return indices;
    }

    private void write(Asset.Skin skin, ObjectNode object) {
        String what = "skin " + skin.name();
        if (skin.joints().length == 0 || skin.inverseBind().length != 16 * skin.joints().length) {
            throw GltfDocument.invalid(what + ": a matrix for each joint is needed");
        }
        GltfDocument.requireFinite(what + " matrices", skin.inverseBind());
        object.put("name", skin.name());
        object.put("inverseBindMatrices", binary.matrices(skin.inverseBind()));
        ArrayNode joints = object.putArray("joints");
        for (int joint : skin.joints()) {
            if (joint < 0 || joint >= asset.nodes().size()) {
                throw GltfDocument.invalid(what + ": node " + joint + " does not exist");
            }
            joints.add(joint);
        }
    }
}
