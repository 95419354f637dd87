/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inverso.api.asset.Asset;

/** Writes other looks of the asset, as {@code KHR_materials_variants}. */
final class VariantWriter {

    static final String EXTENSION = "KHR_materials_variants";

    private final List<Asset.Variant> variants;
    private final MaterialWriter materials;

    VariantWriter(Asset asset, MaterialWriter materials) {
        this.variants = asset.variants();
        this.materials = materials;
    }

    /** Whether a primitive has a texture in any look. */
    boolean textured(Asset.Primitive primitive) {
        return Stream.concat(
                        Stream.of(primitive.material()),
                        variants.stream().map(v -> v.material(primitive.material())))
                .anyMatch(materials::textured);
    }

    /** Tells which materials a primitive has in the variants that replace its own. */
    void writeMappings(Asset.Primitive primitive, ObjectNode object) {
        Map<Integer, ArrayNode> mapped = new TreeMap<>();
        for (int v = 0; v < variants.size(); v++) {
            int material = variants.get(v).material(primitive.material());
            if (material != primitive.material()) {
                mapped.computeIfAbsent(materials.index(material), m -> object.arrayNode()).add(v);
            }
        }
        if (!mapped.isEmpty()) {
            ArrayNode mappings =
                    object.withObject("/extensions").putObject(EXTENSION).putArray("mappings");
            mapped.forEach(
                    (material, of) ->
                            mappings.addObject().put("material", material).set("variants", of));
        }
    }

    /** Names the variants. */
    void writeTo(ObjectNode root) {
        if (!variants.isEmpty()) {
            materials.use(EXTENSION);
            ArrayNode names =
                    root.withObject("/extensions").putObject(EXTENSION).putArray("variants");
            variants.forEach(variant -> names.addObject().put("name", variant.name()));
        }
    }
}
