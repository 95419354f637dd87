/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.inverso.api.CategoryException;
import org.inverso.api.Imaging;
import org.inverso.api.InversoException;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.internal.AssetMaterials;
import org.inverso.geometry.internal.GlbFile;
import org.inverso.geometry.internal.GltfAccessors;
import org.inverso.geometry.internal.GltfNodes;
import org.joml.Matrix4f;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/**
 * Reads GLB files as assets: nodes, triangles, skins, materials with base colour, other looks,
 * clips of nodes. What an asset cannot hold is named and left out.
 */
public final class GltfAssetReader {

    private static final int TRIANGLES = 4;
    private static final String LIGHT = "/extensions/KHR_lights_punctual";
    private static final String POINTER = "/extensions/KHR_animation_pointer/pointer";

    /** What pointers to lights begin with. */
    private static final String OF_LIGHTS = LIGHT + "/lights/";

    private final Imaging imaging;

    /**
     * @param imaging reads the textures
     */
    public GltfAssetReader(Imaging imaging) {
        this.imaging = imaging;
    }

    /**
     * What a file holds.
     *
     * @param lost what of it the asset does not have, for people
     */
    public record Contents(Asset asset, List<String> lost) {

        public Contents {
            lost = List.copyOf(lost);
        }
    }

    /**
     * @param name of the file, for messages
     * @throws InversoException when it is no GLB file that stands by itself
     */
    public Contents read(String name, byte[] glb) {
        try {
            GlbFile file = GlbFile.parse("it", glb);
            return new Reading(name, file).contents();
        } catch (CategoryException | ArithmeticException | IllegalArgumentException e) {
            throw new InversoException(
                    name + ": cannot be read, " + e.getMessage() + "; give a GLB file", e);
        }
    }

    private final class Reading {

        private final JsonNode json;
        private final GltfAccessors accessors;
        private final GltfNodes tree;
        private final AssetMaterials materials;
        private final SortedSet<String> lost = new TreeSet<>();

        /** Of the asset's nodes, by the file's. */
        private final int[] nodeIndex;

        private final List<Integer> order = new ArrayList<>();

        Reading(String name, GlbFile file) {
            json = file.json();
            accessors = new GltfAccessors(file);
            tree = new GltfNodes(json);
            materials = new AssetMaterials(name, file, imaging, lost);
            nodeIndex = new int[tree.count()];
            Arrays.fill(nodeIndex, Asset.NONE);
            for (int n = 0; n < tree.count(); n++) {
                if (tree.node(n).at(LIGHT).isMissingNode()) {
                    place(n);
                } else if (!tree.node(n).at("/extras/role").asText().equals("light")) {
                    lost.add("lights");
                    place(n);
                }
            }
        }

        /** Parents first. */
        private void place(int node) {
            if (nodeIndex[node] >= 0) {
                return;
            }
            if (tree.parent(node) >= 0) {
                place(tree.parent(node));
            }
            if (nodeIndex[node] < 0) {
                nodeIndex[node] = order.size();
                order.add(node);
            }
        }

        Contents contents() {
            List<Asset.Mesh> meshes = new ArrayList<>();
            for (int m = 0; m < json.path("meshes").size(); m++) {
                meshes.add(mesh(m));
            }
            List<Asset.Skin> skins = new ArrayList<>();
            for (JsonNode skin : json.path("skins")) {
                skins.add(skin(skin));
            }
            List<Asset.Node> nodes = new ArrayList<>();
            order.forEach(n -> nodes.add(node(n)));
            List<Asset.Clip> clips = new ArrayList<>();
            for (JsonNode animation : json.path("animations")) {
                clip(animation, clips);
            }
            if (json.path("cameras").size() > 0) {
                lost.add("cameras");
            }
            JsonNode scene = json.path("scenes").path(json.path("scene").asInt(0));
            Asset asset =
                    new Asset(
                            scene.path("name").asText("asset"),
                            nodes,
                            meshes,
                            materials.materials(),
                            materials.textures(),
                            clips,
                            skins,
                            variants(),
                            texts(json.path("asset").path("extras")));
            return new Contents(asset, List.copyOf(lost));
        }

        private Asset.Node node(int n) {
            JsonNode node = tree.node(n);
            Vector3f translation = new Vector3f();
            Quaternionf rotation = new Quaternionf();
            Vector3f scale = new Vector3f(1);
            if (node.has("matrix")) {
                Matrix4f matrix = new Matrix4f().set(numbers(node, "matrix", new float[16]));
                matrix.getTranslation(translation);
                matrix.getUnnormalizedRotation(rotation);
                matrix.getScale(scale);
            } else {
                float[] t = numbers(node, "translation", new float[3]);
                float[] r = numbers(node, "rotation", new float[] {0, 0, 0, 1});
                float[] s = numbers(node, "scale", new float[] {1, 1, 1});
                translation.set(t);
                rotation.set(r[0], r[1], r[2], r[3]);
                scale.set(s);
            }
            int parent = tree.parent(n);
            return new Asset.Node(
                    node.path("name").asText("node_" + n),
                    parent < 0 ? Asset.NONE : nodeIndex[parent],
                    translation,
                    rotation,
                    scale,
                    reference(node, "mesh", "meshes"),
                    reference(node, "skin", "skins"),
                    texts(node.path("extras")));
        }

        private int reference(JsonNode node, String field, String into) {
            if (!node.has(field)) {
                return Asset.NONE;
            }
            int index = GltfAccessors.nonNegative(node, field, "a node");
            if (index >= json.path(into).size()) {
                throw new CategoryException("it has no " + field + " " + index);
            }
            return index;
        }

        private Asset.Mesh mesh(int m) {
            JsonNode mesh = json.path("meshes").get(m);
            String name = mesh.path("name").asText("mesh_" + m);
            int jointCount = jointCount(m);
            float[] shape = shapeWeights(m);
            List<Asset.Primitive> primitives = new ArrayList<>();
            for (JsonNode primitive : mesh.path("primitives")) {
                if (primitive.path("mode").asInt(TRIANGLES) == TRIANGLES) {
                    primitives.add(primitive(name, primitive, jointCount, shape));
                } else {
                    lost.add("points and lines of " + name);
                }
            }
            return new Asset.Mesh(name, primitives);
        }

        /** Joints of the skin that a mesh has; 0 when it has none. */
        private int jointCount(int mesh) {
            for (JsonNode node : json.path("nodes")) {
                if (node.path("mesh").asInt(Asset.NONE) == mesh && node.has("skin")) {
                    return json.path("skins").path(node.path("skin").asInt()).path("joints").size();
                }
            }
            return 0;
        }

        /** At which a mesh's shape keys stand: a node may set what the mesh does not. */
        private float[] shapeWeights(int mesh) {
            JsonNode weights = json.path("meshes").get(mesh).path("weights");
            for (JsonNode node : json.path("nodes")) {
                if (node.path("mesh").asInt(Asset.NONE) == mesh && node.has("weights")) {
                    weights = node.path("weights");
                    break;
                }
            }
            float[] values = new float[weights.size()];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) weights.get(k).asDouble();
            }
            return values;
        }

        /** Leaves a primitive in the shape that its keys give it. */
        private void bakeShape(
                JsonNode targets, float[] shape, float[] positions, float[] normals) {
            for (int k = 0; k < targets.size() && k < shape.length; k++) {
                if (shape[k] != 0) {
                    add(targets.get(k).path("POSITION"), shape[k], positions);
                    add(targets.get(k).path("NORMAL"), shape[k], normals);
                }
            }
            for (int i = 0; i < normals.length; i += 3) {
                double length =
                        Math.sqrt(
                                (double) normals[i] * normals[i]
                                        + (double) normals[i + 1] * normals[i + 1]
                                        + (double) normals[i + 2] * normals[i + 2]);
                for (int c = 0; c < 3 && length > 0; c++) {
                    normals[i + c] = (float) (normals[i + c] / length);
                }
            }
        }

        private void add(JsonNode accessor, float weight, float[] to) {
            if (accessor.isInt()) {
                float[] target = accessors.floats(accessor.asInt(), "VEC3", to.length / 3);
                for (int i = 0; i < to.length; i++) {
                    to[i] += weight * target[i];
                }
            }
        }

        private Asset.Primitive primitive(
                String mesh, JsonNode primitive, int jointCount, float[] shape) {
            String what = "mesh " + mesh;
            JsonNode attributes = primitive.path("attributes");
            int position = GltfAccessors.nonNegative(attributes, "POSITION", what);
            int count = accessors.count(position);
            float[] positions = accessors.floats(position, "VEC3", count);
            int[] indices =
                    primitive.has("indices")
                            ? accessors.indices(
                                    GltfAccessors.nonNegative(primitive, "indices", what), count)
                            : counting(count);
            if (indices.length % 3 != 0) {
                throw new CategoryException(what + " has a triangle without three corners");
            }
            float[] normals =
                    attributes.has("NORMAL")
                            ? accessors.floats(attributes.get("NORMAL").asInt(), "VEC3", count)
                            : new VertexNormals(count, indices)
                                    .compute(positions, new float[positions.length]);
            float[] uvs =
                    attributes.has("TEXCOORD_0")
                            ? accessors.floats(attributes.get("TEXCOORD_0").asInt(), "VEC2", count)
                            : new float[2 * count];
            int[] joints = new int[0];
            float[] weights = new float[0];
            if (jointCount > 0) {
                joints =
                        accessors.joints(
                                GltfAccessors.nonNegative(attributes, "JOINTS_0", what),
                                count,
                                jointCount);
                weights =
                        accessors.floats(
                                GltfAccessors.nonNegative(attributes, "WEIGHTS_0", what),
                                "VEC4",
                                count);
            }
            attributes
                    .fieldNames()
                    .forEachRemaining(
                            name -> {
                                if (!name.matches("POSITION|NORMAL|TEXCOORD_0|[JW][A-Z]+_0")) {
                                    lost.add(name + " of " + mesh);
                                }
                            });
            if (primitive.has("targets")) {
                lost.add("shape keys; the shape stays as they were set");
                bakeShape(primitive.path("targets"), shape, positions, normals);
            }
            int material = materials.index(primitive);
            return new Asset.Primitive(positions, normals, uvs, indices, material, joints, weights);
        }

        private static int[] counting(int count) {
            int[] indices = new int[count];
            Arrays.setAll(indices, i -> i);
            return indices;
        }

        private Asset.Skin skin(JsonNode skin) {
            int count = skin.path("joints").size();
            int[] joints = new int[count];
            for (int j = 0; j < count; j++) {
                int node = skin.path("joints").get(j).asInt(Asset.NONE);
                if (node < 0 || node >= nodeIndex.length || nodeIndex[node] < 0) {
                    throw new CategoryException("it has no joint " + node);
                }
                joints[j] = nodeIndex[node];
            }
            float[] inverseBind;
            if (skin.has("inverseBindMatrices")) {
                inverseBind =
                        accessors.floats(skin.get("inverseBindMatrices").asInt(), "MAT4", count);
            } else {
                inverseBind = new float[16 * count];
                for (int i = 0; i < inverseBind.length; i++) {
                    inverseBind[i] = i % 16 % 5 == 0 ? 1 : 0;
                }
            }
            return new Asset.Skin(skin.path("name").asText("skin"), joints, inverseBind);
        }

        private void clip(JsonNode animation, List<Asset.Clip> clips) {
            String name = animation.path("name").asText("clip_" + clips.size());
            List<Asset.Channel> channels = new ArrayList<>();
            for (JsonNode channel : animation.path("channels")) {
                JsonNode target = channel.path("target");
                int node = target.path("node").asInt(Asset.NONE);
                String property = target.path("path").asText();
                JsonNode sampler =
                        animation.path("samplers").path(channel.path("sampler").asInt(Asset.NONE));
                String interpolation = sampler.path("interpolation").asText("LINEAR");
                boolean held =
                        property.matches("translation|rotation|scale")
                                && interpolation.matches("LINEAR|STEP")
                                && node >= 0
                                && node < nodeIndex.length
                                && nodeIndex[node] >= 0;
                if (target.at(POINTER).asText().startsWith(OF_LIGHTS)) {
                    // Writers derive it from what shows the lamp's glow.
                    continue;
                }
                if (!held) {
                    lost.add("a " + property + " in the clip " + name);
                    continue;
                }
                int input = GltfAccessors.nonNegative(sampler, "input", "clip " + name);
                int keys = accessors.count(input);
                float[] times = accessors.floats(input, "SCALAR", keys);
                float[] values =
                        accessors.floats(
                                GltfAccessors.nonNegative(sampler, "output", "clip " + name),
                                property.equals("rotation") ? "VEC4" : "VEC3",
                                keys);
                channels.add(
                        new Asset.Channel(
                                nodeIndex[node],
                                property,
                                times,
                                values,
                                Asset.Interpolation.valueOf(interpolation)));
            }
            if (!channels.isEmpty()) {
                clips.add(new Asset.Clip(name, channels));
            }
        }

        private List<Asset.Variant> variants() {
            String extension = "KHR_materials_variants";
            List<Map<Integer, Integer>> replaced = new ArrayList<>();
            JsonNode names = json.path("extensions").path(extension).path("variants");
            names.forEach(variant -> replaced.add(new TreeMap<>()));
            for (JsonNode mesh : json.path("meshes")) {
                for (JsonNode primitive : mesh.path("primitives")) {
                    int own = materials.index(primitive);
                    for (JsonNode mapping :
                            primitive.path("extensions").path(extension).path("mappings")) {
                        int material = materials.index(mapping);
                        for (JsonNode variant : mapping.path("variants")) {
                            if (variant.asInt(Asset.NONE) >= 0
                                    && variant.asInt() < replaced.size()) {
                                replaced.get(variant.asInt()).put(own, material);
                            }
                        }
                    }
                }
            }
            List<Asset.Variant> variants = new ArrayList<>();
            for (int v = 0; v < replaced.size(); v++) {
                String name = names.get(v).path("name").asText("variant_" + v);
                variants.add(new Asset.Variant(name, replaced.get(v)));
            }
            return variants;
        }

        private static float[] numbers(JsonNode node, String field, float[] otherwise) {
            JsonNode array = node.path(field);
            float[] values = otherwise.clone();
            for (int i = 0; i < values.length && i < array.size(); i++) {
                values[i] = (float) array.get(i).asDouble();
            }
            return values;
        }

        private static Map<String, String> texts(JsonNode extras) {
            Map<String, String> texts = new HashMap<>();
            extras.properties()
                    .forEach(
                            field -> {
                                if (field.getValue().isValueNode()) {
                                    texts.put(field.getKey(), field.getValue().asText());
                                }
                            });
            return texts;
        }
    }
}
