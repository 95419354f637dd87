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
import java.util.SortedSet;
import java.util.TreeSet;
import org.inverso.api.Imaging;
import org.inverso.api.asset.Asset;

/** Materials with their textures: those that are used, in the order of their first use. */
final class MaterialWriter {

    private static final int LINEAR = 9729;
    private static final int LINEAR_MIPMAP_LINEAR = 9987;
    private static final int CLAMP_TO_EDGE = 33071;
    private static final String CLEARCOAT = "KHR_materials_clearcoat";
    private static final String EMISSIVE_STRENGTH = "KHR_materials_emissive_strength";

    private final Asset asset;
    private final Imaging imaging;
    private final ImagePlace place;
    private final ArrayNode materials;
    private final ArrayNode textures;
    private final ArrayNode images;
    private final Map<Integer, Integer> materialIndex = new HashMap<>();
    private final Map<Integer, Integer> textureIndex = new HashMap<>();
    private final SortedSet<String> extensions = new TreeSet<>();

    MaterialWriter(Asset asset, Imaging imaging, ImagePlace place, ObjectMapper mapper) {
        this.asset = asset;
        this.imaging = imaging;
        this.place = place;
        materials = mapper.createArrayNode();
        textures = mapper.createArrayNode();
        images = mapper.createArrayNode();
    }

    boolean textured(int material) {
        return asset.materials().get(material).baseColorTexture() >= 0;
    }

    /** Index in the file of one of the asset's materials, written when it is first asked for. */
    int index(int material) {
        Integer index = materialIndex.get(material);
        if (index == null) {
            index = materials.size();
            materialIndex.put(material, index);
            write(asset.materials().get(material), materials.addObject());
        }
        return index;
    }

    private void write(Asset.Material material, ObjectNode object) {
        object.put("name", material.name());
        ObjectNode pbr = object.putObject("pbrMetallicRoughness");
        ArrayNode color = pbr.putArray("baseColorFactor");
        for (float c : material.baseColor()) {
            color.add(fraction(material, c));
        }
        if (material.baseColorTexture() >= 0) {
            pbr.putObject("baseColorTexture").put("index", texture(material.baseColorTexture()));
        }
        pbr.put("metallicFactor", fraction(material, material.metallic()));
        pbr.put("roughnessFactor", fraction(material, material.roughness()));
        writeEmission(material, object);
        if (translucent(material)) {
            object.put("alphaMode", "BLEND");
        }
        if (material.doubleSided()) {
            object.put("doubleSided", true);
        }
        if (material.clearcoat() > 0) {
            extension(object, CLEARCOAT)
                    .put("clearcoatFactor", fraction(material, material.clearcoat()))
                    .put(
                            "clearcoatRoughnessFactor",
                            fraction(material, material.clearcoatRoughness()));
        }
    }

    /** Light above what a colour can hold goes into the strength. */
    private void writeEmission(Asset.Material material, ObjectNode object) {
        float[] e = material.emissive();
        float largest = Math.max(e[0], Math.max(e[1], e[2]));
        if (!(largest > 0)) {
            return;
        }
        float scale = Math.max(largest, 1);
        float strength = scale * material.emissiveStrength();
        ArrayNode factor = object.putArray("emissiveFactor");
        for (float c : e) {
            factor.add(fraction(material, c / scale));
        }
        if (!Float.isFinite(strength) || strength < 0) {
            throw new IllegalArgumentException(
                    "asset cannot be written: material "
                            + material.name()
                            + " shines with "
                            + strength);
        }
        if (strength != 1) {
            extension(object, EMISSIVE_STRENGTH).put("emissiveStrength", strength);
        }
    }

    /** Has the file tell that it uses an extension, none of which a reader has to know. */
    void use(String extension) {
        extensions.add(extension);
    }

    private ObjectNode extension(ObjectNode object, String name) {
        use(name);
        return object.withObject("/extensions").putObject(name);
    }

    private boolean translucent(Asset.Material material) {
        if (material.baseColor()[3] < 1) {
            return true;
        }
        if (material.baseColorTexture() < 0) {
            return false;
        }
        Asset.Texture texture = asset.textures().get(material.baseColorTexture());
        byte[] rgba = texture.image().rgba();
        for (int i = 3; i < rgba.length && !texture.jpeg(); i += 4) {
            if (rgba[i] != (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    private int texture(int texture) {
        Integer index = textureIndex.get(texture);
        if (index == null) {
            Asset.Texture source = asset.textures().get(texture);
            index = textures.size();
            textureIndex.put(texture, index);
            textures.addObject().put("name", source.name()).put("sampler", 0).put("source", index);
            place.put(
                    source, imaging.encode(source), images.addObject().put("name", source.name()));
        }
        return index;
    }

    private static float fraction(Asset.Material material, float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "asset cannot be written: material "
                            + material.name()
                            + " has a factor of "
                            + value
                            + ", not between 0 and 1");
        }
        return value;
    }

    void writeTo(ObjectNode root) {
        if (!materials.isEmpty()) {
            root.set("materials", materials);
        }
        if (!textures.isEmpty()) {
            root.set("textures", textures);
            root.set("images", images);
            root.putArray("samplers")
                    .addObject()
                    .put("magFilter", LINEAR)
                    .put("minFilter", LINEAR_MIPMAP_LINEAR)
                    .put("wrapS", CLAMP_TO_EDGE)
                    .put("wrapT", CLAMP_TO_EDGE);
        }
        if (!extensions.isEmpty()) {
            ArrayNode used = root.putArray("extensionsUsed");
            extensions.forEach(used::add);
        }
    }
}
