/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.Imaging;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Photo;

/** Materials of a glTF file with the textures of their base colours. */
public final class AssetMaterials {

    /** Textures that an asset has no place for. */
    private static final List<String> OTHER_TEXTURES =
            List.of(
                    "/normalTexture",
                    "/occlusionTexture",
                    "/emissiveTexture",
                    "/pbrMetallicRoughness/metallicRoughnessTexture");

    private static final String CLEARCOAT = "/extensions/KHR_materials_clearcoat";
    private static final String STRENGTH =
            "/extensions/KHR_materials_emissive_strength/emissiveStrength";

    private final String name;
    private final GlbFile file;
    private final Imaging imaging;
    private final Set<String> lost;
    private final List<Asset.Material> materials = new ArrayList<>();
    private final Map<Integer, Asset.Texture> textures = new LinkedHashMap<>();
    private final List<Integer> images = new ArrayList<>();

    /**
     * @param lost gets the names of what is left out
     */
    public AssetMaterials(String name, GlbFile file, Imaging imaging, Set<String> lost) {
        this.name = name;
        this.file = file;
        this.imaging = imaging;
        this.lost = lost;
        for (JsonNode material : file.json().path("materials")) {
            materials.add(material(material));
        }
    }

    /** The material that a primitive or a mapping refers to; a plain one where it has none. */
    public int index(JsonNode of) {
        if (of.has("material")) {
            int index = GltfAccessors.nonNegative(of, "material", "a mesh");
            if (index >= materials.size()) {
                throw new CategoryException("it has no material " + index);
            }
            return index;
        }
        int plain = file.json().path("materials").size();
        if (materials.size() == plain) {
            materials.add(material(file.json().path("materials").path(plain)));
        }
        return plain;
    }

    public List<Asset.Material> materials() {
        return List.copyOf(materials);
    }

    public List<Asset.Texture> textures() {
        return List.copyOf(textures.values());
    }

    private Asset.Material material(JsonNode material) {
        String own = material.path("name").asText("material_" + materials.size());
        JsonNode pbr = material.path("pbrMetallicRoughness");
        OTHER_TEXTURES.forEach(
                texture -> {
                    if (!material.at(texture).isMissingNode()) {
                        lost.add(texture.substring(texture.lastIndexOf('/') + 1) + " of " + own);
                    }
                });
        int texture = Asset.NONE;
        if (pbr.has("baseColorTexture")) {
            texture = texture(GltfAccessors.nonNegative(pbr.get("baseColorTexture"), "index", own));
        }
        return new Asset.Material(
                own,
                numbers(pbr.path("baseColorFactor"), 1, 1, 1, 1),
                texture,
                (float) pbr.path("metallicFactor").asDouble(1),
                (float) pbr.path("roughnessFactor").asDouble(1),
                numbers(material.path("emissiveFactor"), 0, 0, 0),
                (float) material.at(STRENGTH).asDouble(1),
                (float) material.at(CLEARCOAT).path("clearcoatFactor").asDouble(0),
                (float) material.at(CLEARCOAT).path("clearcoatRoughnessFactor").asDouble(0),
                material.path("doubleSided").asBoolean(false));
    }

    private static float[] numbers(JsonNode array, float... otherwise) {
        for (int i = 0; i < otherwise.length && i < array.size(); i++) {
            otherwise[i] = (float) array.get(i).asDouble();
        }
        return otherwise;
    }

    private int texture(int texture) {
        JsonNode json = file.json();
        int source =
                GltfAccessors.nonNegative(json.path("textures").path(texture), "source", "texture");
        if (!textures.containsKey(source)) {
            JsonNode image = json.path("images").path(source);
            byte[] bytes = bytes(image);
            Photo picture = imaging.decode(name, bytes);
            textures.put(
                    source,
                    new Asset.Texture(
                            image.path("name").asText("texture_" + source),
                            picture.image(),
                            image.path("mimeType").asText().equals("image/jpeg")));
            images.add(source);
        }
        return images.indexOf(source);
    }

    private byte[] bytes(JsonNode image) {
        if (!image.has("bufferView")) {
            throw new CategoryException("it has textures in other files");
        }
        JsonNode view = file.json().path("bufferViews").path(image.get("bufferView").asInt());
        int offset = view.path("byteOffset").asInt(0);
        int length = GltfAccessors.nonNegative(view, "byteLength", "texture");
        if (offset < 0 || (long) offset + length > file.binary().capacity()) {
            throw new CategoryException("it has a texture that reaches beyond its end");
        }
        byte[] bytes = new byte[length];
        file.binary().get(offset, bytes);
        return bytes;
    }
}
