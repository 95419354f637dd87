/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;

/** Materials as UsdPreviewSurface networks: those that something asked for. */
final class MaterialPrims {

    private static final String SCOPE = "Materials";

    private final Asset asset;
    private final TextureFiles textures;
    private final String root;
    private final PrimNames names = new PrimNames();
    private final Map<Integer, String> used = new LinkedHashMap<>();

    /**
     * @param root path of the prim that the scope of materials lies below
     */
    MaterialPrims(Asset asset, TextureFiles textures, String root) {
        this.asset = asset;
        this.textures = textures;
        this.root = root;
    }

    /** A property that binds one of the asset's materials. */
    String binding(int material) {
        return "rel material:binding = <" + path(material) + ">";
    }

    private String path(int material) {
        return root
                + "/"
                + SCOPE
                + "/"
                + used.computeIfAbsent(
                        material, m -> names.unique(asset.materials().get(m).name()));
    }

    void write(UsdaText text) {
        text.block(
                "def Scope " + UsdaText.quoted(SCOPE),
                () ->
                        used.forEach(
                                (m, name) ->
                                        text.block(
                                                "def Material " + UsdaText.quoted(name),
                                                () -> write(asset.materials().get(m), m, text))));
    }

    private void write(Asset.Material material, int index, UsdaText text) {
        String path = path(index);
        text.line("token outputs:surface.connect = <" + path + "/Surface.outputs:surface>");
        boolean textured = material.baseColorTexture() >= 0;
        text.block(
                "def Shader \"Surface\"",
                () -> {
                    text.line("uniform token info:id = \"UsdPreviewSurface\"");
                    float[] base = material.baseColor();
                    if (textured) {
                        text.line(
                                "color3f inputs:diffuseColor.connect = <"
                                        + path
                                        + "/BaseColor.outputs:rgb>");
                    } else {
                        text.line(
                                "color3f inputs:diffuseColor = "
                                        + UsdaText.tuple(base[0], base[1], base[2]));
                    }
                    float[] e = material.emissive();
                    float s = material.emissiveStrength();
                    text.line(
                            "color3f inputs:emissiveColor = "
                                    + UsdaText.tuple(s * e[0], s * e[1], s * e[2]));
                    for (Map.Entry<String, Float> input : scalars(material)) {
                        text.line(
                                "float inputs:"
                                        + input.getKey()
                                        + " = "
                                        + UsdaText.number(input.getValue()));
                    }
                    text.line("int inputs:useSpecularWorkflow = 0");
                    text.line("token outputs:surface");
                });
        if (textured) {
            writeTexture(material, path, text);
        }
    }

    private static List<Map.Entry<String, Float>> scalars(Asset.Material material) {
        return List.of(
                Map.entry("metallic", material.metallic()),
                Map.entry("roughness", material.roughness()),
                Map.entry("clearcoat", material.clearcoat()),
                Map.entry("clearcoatRoughness", material.clearcoatRoughness()),
                Map.entry("opacity", material.baseColor()[3]));
    }

    private void writeTexture(Asset.Material material, String path, UsdaText text) {
        text.block(
                "def Shader \"BaseColor\"",
                () -> {
                    float[] base = material.baseColor();
                    text.line("uniform token info:id = \"UsdUVTexture\"");
                    text.line(
                            "asset inputs:file = @"
                                    + textures.path(material.baseColorTexture())
                                    + "@");
                    text.line(
                            "float4 inputs:scale = "
                                    + UsdaText.tuple(base[0], base[1], base[2], 1));
                    text.line("token inputs:sourceColorSpace = \"sRGB\"");
                    text.line("float2 inputs:st.connect = <" + path + "/St.outputs:result>");
                    text.line("token inputs:wrapS = \"clamp\"");
                    text.line("token inputs:wrapT = \"clamp\"");
                    text.line("float3 outputs:rgb");
                });
        text.block(
                "def Shader \"St\"",
                () -> {
                    text.line("uniform token info:id = \"UsdPrimvarReader_float2\"");
                    text.line("string inputs:varname = \"st\"");
                    text.line("float2 outputs:result");
                });
    }
}
