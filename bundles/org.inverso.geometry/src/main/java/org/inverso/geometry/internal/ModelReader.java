/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inverso.api.CategoryException;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * Reads whatever triangles a glTF file has, made by whom ever, into one frame. Unlike the reader of
 * templates it puts up with anything that can be put right, and notes what it left out.
 */
public final class ModelReader {

    private static final int MOST_VERTICES = 200_000;
    private static final int TRIANGLES = 4;
    private static final float UV_SLACK = 1e-4f;
    private static final String UNWRAP =
            "; in Blender, select all its faces in edit mode, choose UV > Smart UV Project, and"
                    + " export again";

    /** Extensions that change how the vertices are stored, and how to do without. */
    private static final Map<String, String> UNREADABLE =
            Map.of(
                    "KHR_draco_mesh_compression", "Draco compression",
                    "EXT_meshopt_compression", "meshopt compression",
                    "KHR_mesh_quantization", "quantised vertices");

    private final JsonNode json;
    private final GltfAccessors accessors;
    private final GltfNodes nodes;
    private final List<ModelMaterial> materials = new ArrayList<>();
    private final Map<Integer, Integer> materialIndex = new HashMap<>();
    private final Set<String> materialNames = new HashSet<>();
    private final Set<String> partNames = new HashSet<>();
    private final Set<String> targets = new LinkedHashSet<>();
    private final Set<String> bare = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private int vertexCount;

    private ModelReader(GlbFile file) {
        json = file.json();
        accessors = new GltfAccessors(file);
        nodes = new GltfNodes(json);
    }

    /**
     * @param glb bytes of a binary glTF 2.0 file
     * @throws CategoryException when there is nothing in it that a template could use; the message
     *     says what to do
     */
    public static Model read(byte[] glb) {
        if (glb.length > 0 && glb[0] == '{') {
            throw new CategoryException(
                    "it is glTF as text; export it as glTF Binary, which is one .glb file");
        }
        ModelReader reader = new ModelReader(GlbFile.parse(glb));
        return reader.model();
    }

    private Model model() {
        for (JsonNode extension : json.path("extensionsRequired")) {
            String how = UNREADABLE.get(extension.asText());
            if (how != null) {
                throw new CategoryException("it uses " + how + "; export it without");
            }
        }
        List<ModelPart> parts = new ArrayList<>();
        for (int i = 0; i < nodes.count(); i++) {
            if (nodes.node(i).has("mesh")) {
                PartBuilder part = new PartBuilder();
                String name = partName(i);
                Matrix4d world = nodes.node(i).has("skin") ? new Matrix4d() : nodes.world(i);
                readMesh(i, name, world, part);
                if (!part.isEmpty()) {
                    parts.add(part.build(name, world));
                }
            }
        }
        if (!bare.isEmpty()) {
            throw new CategoryException(
                    "without texture coordinates: " + String.join(", ", bare) + UNWRAP);
        }
        if (parts.isEmpty()) {
            throw new CategoryException(
                    "it has no triangles; export the object's mesh, with its modifiers applied");
        }
        for (String field : List.of("animations", "skins")) {
            if (!json.path(field).isEmpty()) {
                notes.add("The model's " + field + " are left behind: parts are rigid.");
            }
        }
        if (materials.stream().anyMatch(ModelMaterial::textured)) {
            notes.add(
                    "The model's textures are left behind: colours come from photos, and those of"
                            + " training from the materials' kinds.");
        }
        return new Model(parts, materials, List.copyOf(targets), List.copyOf(notes));
    }

    private void readMesh(int node, String name, Matrix4d world, PartBuilder part) {
        JsonNode mesh =
                json.path("meshes").path(GltfAccessors.nonNegative(nodes.node(node), "mesh", name));
        List<String> names = targetNames(mesh);
        JsonNode weights = nodes.node(node).path("weights");
        if (weights.isMissingNode()) {
            weights = mesh.path("weights");
        }
        for (JsonNode primitive : mesh.path("primitives")) {
            if (primitive.path("mode").asInt(TRIANGLES) != TRIANGLES) {
                notes.add("Of " + name + ", what is no list of triangles is left behind.");
                continue;
            }
            if (!primitive.path("attributes").has("TEXCOORD_0")) {
                bare.add(name);
                continue;
            }
            readPrimitive(name, primitive, names, weights, world, part);
        }
    }

    private void readPrimitive(
            String name,
            JsonNode primitive,
            List<String> targetNames,
            JsonNode weights,
            Matrix4d world,
            PartBuilder part) {
        JsonNode attributes = primitive.path("attributes");
        int position = GltfAccessors.nonNegative(attributes, "POSITION", name);
        int count = accessors.count(position);
        vertexCount += count;
        if (vertexCount > MOST_VERTICES) {
            throw new CategoryException(
                    "it has more than "
                            + MOST_VERTICES
                            + " vertices; reduce it, with Blender's Decimate modifier for example");
        }
        float[] xyz = accessors.floats(position, "VEC3", count);
        SortedMap<String, float[]> deltas = new TreeMap<>();
        for (int k = 0; k < primitive.path("targets").size(); k++) {
            JsonNode target = primitive.path("targets").get(k);
            if (!target.has("POSITION")) {
                continue;
            }
            String targetName = k < targetNames.size() ? targetNames.get(k) : "target_" + (k + 1);
            targets.add(targetName);
            int accessor = GltfAccessors.nonNegative(target, "POSITION", name);
            float[] delta = accessors.floats(accessor, "VEC3", count);
            float weight = (float) weights.path(k).asDouble(0);
            for (int i = 0; i < delta.length && weight != 0; i++) {
                xyz[i] += weight * delta[i];
            }
            transform(delta, world, false);
            deltas.put(targetName, delta);
        }
        transform(xyz, world, true);
        part.add(
                xyz,
                uvs(name, GltfAccessors.nonNegative(attributes, "TEXCOORD_0", name), count),
                deltas,
                indices(name, primitive, count),
                world.determinant3x3() < 0,
                material(primitive));
    }

    private float[] uvs(String name, int accessor, int count) {
        float[] uvs = accessors.floats(accessor, "VEC2", count);
        for (int i = 0; i < uvs.length; i++) {
            if (uvs[i] < -UV_SLACK || uvs[i] > 1 + UV_SLACK) {
                throw new CategoryException(
                        String.format(
                                Locale.ROOT,
                                "%s repeats its texture: its texture coordinates reach %.3f, where"
                                        + " every place needs one of its own from 0 to 1%s",
                                name,
                                uvs[i],
                                UNWRAP));
            }
            uvs[i] = Math.min(Math.max(uvs[i], 0), 1);
        }
        return uvs;
    }

    private int[] indices(String name, JsonNode primitive, int count) {
        if (primitive.has("indices")) {
            return accessors.indices(GltfAccessors.nonNegative(primitive, "indices", name), count);
        }
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = i;
        }
        return indices;
    }

    private List<String> targetNames(JsonNode mesh) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : mesh.path("extras").path("targetNames")) {
            names.add(unique(plain(name.asText(), "target"), names));
        }
        return List.copyOf(names);
    }

    private int material(JsonNode primitive) {
        int index = primitive.path("material").asInt(-1);
        return materialIndex.computeIfAbsent(
                index,
                i -> {
                    JsonNode node = json.path("materials").path(i);
                    JsonNode pbr = node.path("pbrMetallicRoughness");
                    String name =
                            unique(plain(node.path("name").asText(), "surface"), materialNames);
                    materialNames.add(name);
                    materials.add(
                            new ModelMaterial(
                                    name,
                                    factors(pbr.path("baseColorFactor"), new float[] {1, 1, 1, 1}),
                                    factor(pbr.path("metallicFactor"), i < 0 ? 0 : 1),
                                    factor(pbr.path("roughnessFactor"), 1),
                                    factors(node.path("emissiveFactor"), new float[3]),
                                    pbr.has("baseColorTexture")));
                    return materials.size() - 1;
                });
    }

    private static float[] factors(JsonNode node, float[] otherwise) {
        float[] values = otherwise.clone();
        for (int i = 0; i < values.length && node.size() == values.length; i++) {
            values[i] = factor(node.get(i), otherwise[i]);
        }
        return values;
    }

    private static float factor(JsonNode node, float otherwise) {
        double value = node.asDouble(otherwise);
        return (float) (value >= 0 && value <= 1 ? value : otherwise);
    }

    private String partName(int node) {
        String own = nodes.node(node).path("name").asText();
        if (own.isBlank()) {
            own =
                    json.path("meshes")
                            .path(nodes.node(node).path("mesh").asInt())
                            .path("name")
                            .asText();
        }
        String name = unique(plain(own, "part"), partNames);
        partNames.add(name);
        return name;
    }

    /** Lower case, words apart by underscores: {@code Wing.L} and {@code wing_l} are the same. */
    private static String plain(String name, String otherwise) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        return plain.isEmpty() ? otherwise : plain;
    }

    private static String unique(String name, Set<String> taken) {
        String unique = name;
        for (int i = 2; taken.contains(unique); i++) {
            unique = name + "_" + i;
        }
        return unique;
    }

    private static void transform(float[] xyz, Matrix4d world, boolean isPosition) {
        Vector3d v = new Vector3d();
        for (int i = 0; i < xyz.length; i += 3) {
            v.set(xyz[i], xyz[i + 1], xyz[i + 2]);
            if (isPosition) {
                world.transformPosition(v);
            } else {
                world.transformDirection(v);
            }
            xyz[i] = (float) v.x;
            xyz[i + 1] = (float) v.y;
            xyz[i + 2] = (float) v.z;
        }
    }
}
