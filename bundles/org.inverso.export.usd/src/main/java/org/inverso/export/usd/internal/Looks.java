/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.ArrayList;
import java.util.List;
import org.inverso.api.asset.Asset;

/** Which material each surface has, in the look of the photo and in all others. */
final class Looks {

    /** Name of the look that the asset was built with. */
    private static final String PHOTO = "photo";

    private final Asset asset;
    private final MaterialPrims materials;
    private final VariantSet variants = new VariantSet("look", PHOTO);
    private final List<Opinions> others = new ArrayList<>();

    Looks(Asset asset, MaterialPrims materials) {
        this.asset = asset;
        this.materials = materials;
        asset.variants().forEach(variant -> others.add(variants.add(variant.name())));
    }

    /**
     * Binds a surface's material.
     *
     * @param path of its prim, from the root
     * @param text gets what is the same in all looks
     */
    void bind(List<String> path, int material, UsdaText text) {
        String binding = materials.binding(material);
        if (asset.variants().stream().allMatch(v -> v.material(material) == material)) {
            text.line(binding);
            return;
        }
        variants.first().at(path).say(binding);
        for (int v = 0; v < others.size(); v++) {
            others.get(v)
                    .at(path)
                    .say(materials.binding(asset.variants().get(v).material(material)));
        }
    }

    VariantSet variants() {
        return variants;
    }
}
