/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.Material;

/**
 * The template's materials as materials of an asset, and after them one more for each that is a
 * lamp's, for when it is on. Colour comes from the baked texture, so that the base colour factor is
 * white; a photo's colours hold reflections already, so that surfaces are less metallic than their
 * template says.
 */
final class Materials {

    /** Kinds of materials that shine when they are switched on. */
    private static final Set<String> LAMPS = Set.of("lamp", "headlight", "taillight", "indicator");

    /** Above it a surface shows its surroundings instead of its texture. */
    private static final float MOST_METALLIC = 0.3f;

    /**
     * Lamps glow a little, so that the texture still shows; a player switches them on by raising
     * the strength.
     */
    private static final float GLOW = 0.05f;

    private static final float GLOW_STRENGTH = 2;

    /** How much brighter than white paper a lamp is that is on. */
    private static final float LIT_STRENGTH = 4;

    /** What the surface of a lamp that is on reflects beside its own light. */
    private static final float LIT_ALBEDO = 0.3f;

    private Materials() {}

    static List<Asset.Material> of(List<Material> materials, int texture) {
        List<Asset.Material> result = new ArrayList<>();
        for (Material material : materials) {
            float[] emissive = emissive(material);
            boolean glows = emissive[0] + emissive[1] + emissive[2] > 0;
            result.add(
                    new Asset.Material(
                            material.name(),
                            new float[] {1, 1, 1, 1},
                            texture,
                            Math.min(MOST_METALLIC, material.metallic()),
                            material.roughness(),
                            emissive,
                            glows ? GLOW_STRENGTH : 1,
                            material.clearcoat(),
                            material.clearcoatRoughness(),
                            false));
        }
        for (Material lamp : lamps(materials)) {
            result.add(lit(lamp));
        }
        return result;
    }

    private static List<Material> lamps(List<Material> materials) {
        return materials.stream().filter(m -> LAMPS.contains(m.kind())).toList();
    }

    /**
     * Index among the asset's materials of one for the same lamp when it is on; -1 when the
     * material is no lamp's.
     */
    static int litIndex(List<Material> materials, int material) {
        int lamp = lamps(materials).indexOf(materials.get(material));
        return lamp < 0 ? -1 : materials.size() + lamp;
    }

    private static Asset.Material lit(Material lamp) {
        float[] light = emissive(lamp);
        float[] albedo = {0, 0, 0, 1};
        for (int c = 0; c < 3; c++) {
            light[c] /= GLOW;
            albedo[c] = LIT_ALBEDO * light[c];
        }
        return new Asset.Material(
                lamp.name() + "_lit",
                albedo,
                -1,
                0,
                lamp.roughness(),
                light,
                LIT_STRENGTH,
                0,
                0,
                false);
    }

    /** The colour when lit, or for a lamp without one its own, with the largest channel at GLOW. */
    private static float[] emissive(Material material) {
        float[] lit = material.emissive();
        float largest = Math.max(lit[0], Math.max(lit[1], lit[2]));
        if (largest == 0 && LAMPS.contains(material.kind())) {
            lit = material.baseColor();
            largest = Math.max(lit[0], Math.max(lit[1], lit[2]));
        }
        float scale = largest > 0 ? GLOW / largest : 0;
        return new float[] {scale * lit[0], scale * lit[1], scale * lit[2]};
    }
}
