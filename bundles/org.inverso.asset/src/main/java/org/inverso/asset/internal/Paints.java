/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;

/**
 * The colours in which a category's materials come, as variants of an asset. Each is plain: what
 * the photo shows of the surface, its light and its dirt, belongs to the photo's colour.
 *
 * @param materials the asset's materials, those of the variants behind the others
 */
record Paints(List<Asset.Material> materials, List<Asset.Variant> variants) {

    /**
     * @param materials the asset's materials, those of the template first
     */
    static Paints of(CategoryModel category, List<Asset.Material> materials) {
        List<Asset.Material> all = new ArrayList<>(materials);
        Map<String, Map<Integer, Integer>> replaced = new TreeMap<>();
        new TreeMap<>(category.colors())
                .forEach(
                        (name, colors) -> {
                            int material = index(materials, name);
                            if (material < 0) {
                                return;
                            }
                            new TreeMap<>(colors)
                                    .forEach(
                                            (color, rgb) -> {
                                                replaced.computeIfAbsent(
                                                                color, c -> new LinkedHashMap<>())
                                                        .put(material, all.size());
                                                all.add(
                                                        painted(
                                                                materials.get(material),
                                                                color,
                                                                rgb));
                                            });
                        });
        return new Paints(
                List.copyOf(all),
                replaced.entrySet().stream()
                        .map(e -> new Asset.Variant(e.getKey(), e.getValue()))
                        .toList());
    }

    private static int index(List<Asset.Material> materials, String name) {
        for (int m = 0; m < materials.size(); m++) {
            if (materials.get(m).name().equals(name)) {
                return m;
            }
        }
        return -1;
    }

    private static Asset.Material painted(Asset.Material material, String color, float[] rgb) {
        return new Asset.Material(
                material.name() + "_" + color,
                new float[] {rgb[0], rgb[1], rgb[2], material.baseColor()[3]},
                Asset.NONE,
                material.metallic(),
                material.roughness(),
                material.emissive(),
                material.emissiveStrength(),
                material.clearcoat(),
                material.clearcoatRoughness(),
                material.doubleSided());
    }
}
