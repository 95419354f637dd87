/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.DecimalText;

/**
 * The text of an MTL file: what every reader understands, and the physically based {@code Pm},
 * {@code Pr}, {@code Pc}, {@code Pcr} for those that know more. Colours are linear.
 */
public final class MtlDocument {

    private static final int DECIMALS = 5;

    /** Of a dielectric surface. */
    private static final float SPECULAR = 0.04f;

    private final DecimalText decimals = new DecimalText(DECIMALS);
    private final Map<String, Asset.Texture> textures = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * @param name of all files
     */
    public MtlDocument(Asset asset, String name) {
        Names materialNames = new Names(m -> asset.materials().get(m).name());
        Names textureNames = new Names(t -> asset.textures().get(t).name());
        asset.nodes().stream()
                .filter(node -> node.mesh() >= 0 && !node.hidden())
                .flatMap(node -> asset.meshes().get(node.mesh()).primitives().stream())
                .map(Asset.Primitive::material)
                .distinct()
                .forEach(
                        m -> {
                            Asset.Material material = asset.materials().get(m);
                            line("newmtl " + materialNames.of(m));
                            write(material);
                            int texture = material.baseColorTexture();
                            if (texture >= 0) {
                                Asset.Texture source = asset.textures().get(texture);
                                String extension =
                                        textureNames.of(texture) + "." + source.extension();
                                textures.put(extension, source);
                                line("map_Kd " + name + "." + extension);
                            }
                        });
    }

    private void write(Asset.Material material) {
        float[] base = material.baseColor();
        float metallic = material.metallic();
        values("Kd", base[0], base[1], base[2]);
        values(
                "Ks",
                specular(base[0], metallic),
                specular(base[1], metallic),
                specular(base[2], metallic));
        values("Ns", shininess(material.roughness()));
        float strength = material.emissiveStrength();
        float[] emissive = material.emissive();
        values("Ke", strength * emissive[0], strength * emissive[1], strength * emissive[2]);
        values("d", base[3]);
        line("illum 2");
        values("Pm", metallic);
        values("Pr", material.roughness());
        if (material.clearcoat() > 0) {
            values("Pc", material.clearcoat());
            values("Pcr", material.clearcoatRoughness());
        }
    }

    private static float specular(float color, float metallic) {
        return SPECULAR + metallic * (color - SPECULAR);
    }

    /**
     * Exponent of the Blinn-Phong lobe as wide as GGX of this roughness: 2 / alpha^2 - 2 with alpha
     * = roughness^2, at most 1000 as the format has it.
     */
    private static double shininess(float roughness) {
        double alpha = (double) roughness * roughness;
        return Math.max(0, Math.min(1000, 2 / (alpha * alpha) - 2));
    }

    private void values(String keyword, double... values) {
        text.append(keyword);
        for (double value : values) {
            decimals.append(value, text.append(' '));
        }
        text.append('\n');
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    public String text() {
        return text.toString();
    }

    /** Those that the library refers to, by the extension that its files get. */
    public Map<String, Asset.Texture> textures() {
        return textures;
    }
}
