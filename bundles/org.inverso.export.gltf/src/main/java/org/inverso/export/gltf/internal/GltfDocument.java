/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inverso.api.Imaging;
import org.inverso.api.asset.Asset;
import org.joml.Quaterniond;
import org.joml.Quaternionfc;
import org.joml.Vector3fc;

/** One asset on its way to bytes. */
public final class GltfDocument {

    private static final String GENERATOR = "Inverso";
    private static final String BINARY = "model/gltf-binary";
    private static final String TEXT = "model/gltf+json";
    private static final int MAGIC = 0x46546c67;
    private static final int VERSION = 2;
    private static final int CHUNK_JSON = 0x4e4f534a;
    private static final int CHUNK_BIN = 0x004e4942;
    private static final double SHORTEST_DIRECTION = 0.5;

    /** Joints that a vertex may follow. */
    private static final int INFLUENCES = 4;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode root = mapper.createObjectNode();
    private final Asset asset;
    private final BinaryChunk binary;
    private final MaterialWriter materials;
    private final VariantWriter variants;
    private final LightWriter lights;

    private GltfDocument(Asset asset, Imaging imaging, Optional<FilesBeside> beside) {
        this.asset = asset;
        describe();
        ArrayNode views = mapper.createArrayNode();
        ArrayNode accessors = mapper.createArrayNode();
        binary = new BinaryChunk(views, accessors);
        ImagePlace images = beside.isPresent() ? beside.get() : this::embed;
        materials = new MaterialWriter(asset, imaging, images, mapper);
        lights = new LightWriter(asset);
        variants = new VariantWriter(asset, materials);
        Map<Integer, Integer> meshes = writeMeshes();
        Map<Integer, Integer> skins = new SkinWriter(asset, binary, mapper).writeTo(root);
        writeNodes(meshes, skins);
        variants.writeTo(root);
        new XmpWriter(asset.provenance(), beside.isPresent() ? TEXT : BINARY)
                .writeTo(root, materials);
        lights.writeTo(root, materials);
        writeAnimations();
        materials.writeTo(root);
        root.set("accessors", accessors);
        root.set("bufferViews", views);
    }

    private void embed(Asset.Texture texture, byte[] bytes, ObjectNode image) {
        image.put("mimeType", texture.jpeg() ? "image/jpeg" : "image/png")
                .put("bufferView", binary.view(bytes));
    }

    private void describe() {
        ObjectNode description = root.putObject("asset");
        description.put("version", "2.0").put("generator", GENERATOR);
        putSorted(description, asset.provenance());
    }

    /** The order of a map must not show in the bytes. */
    private static void putSorted(ObjectNode node, Map<String, String> extras) {
        if (!extras.isEmpty()) {
            ObjectNode object = node.putObject("extras");
            new TreeMap<>(extras).forEach(object::put);
        }
    }

    /**
     * @return new index by old index, of the meshes that a node draws
     */
    private Map<Integer, Integer> writeMeshes() {
        Map<Integer, Integer> indices = new HashMap<>();
        ArrayNode meshes = mapper.createArrayNode();
        for (Asset.Node node : asset.nodes()) {
            if (node.mesh() < 0 || indices.containsKey(node.mesh())) {
                continue;
            }
            Asset.Mesh mesh = asset.meshes().get(node.mesh());
            if (mesh.primitives().isEmpty()) {
                throw invalid("mesh " + mesh.name() + " has no primitives");
            }
            indices.put(node.mesh(), meshes.size());
            ObjectNode object = meshes.addObject().put("name", mesh.name());
            MorphTargets.writeKeys(mesh, object);
            ArrayNode primitives = object.putArray("primitives");
            for (int p = 0; p < mesh.primitives().size(); p++) {
                Asset.Primitive primitive = mesh.primitives().get(p);
                ObjectNode written = primitives.addObject();
                MorphTargets targets = MorphTargets.of(mesh, p);
                writePrimitive(mesh.name(), targets.base(), written);
                targets.writeTo(written, binary);
                writeInfluences(mesh.name(), node, primitive, written.withObject("/attributes"));
            }
        }
        if (!meshes.isEmpty()) {
            root.set("meshes", meshes);
        }
        return indices;
    }

    private void writePrimitive(String mesh, Asset.Primitive primitive, ObjectNode object) {
        String what = "mesh " + mesh;
        int vertices = primitive.positions().length / 3;
        if (vertices == 0
                || primitive.indices().length == 0
                || primitive.indices().length % 3 != 0
                || primitive.positions().length % 3 != 0
                || primitive.normals().length != primitive.positions().length
                || primitive.uvs().length != 2 * vertices) {
            throw invalid(what + ": its arrays do not fit together");
        }
        for (int i : primitive.indices()) {
            if (i < 0 || i >= vertices) {
                throw invalid(what + ": index " + i + " of " + vertices + " vertices");
            }
        }
        requireFinite(what + " positions", primitive.positions());
        ObjectNode attributes = object.putObject("attributes");
        attributes.put("POSITION", binary.positions(primitive.positions()));
        attributes.put(
                "NORMAL", binary.normals(directions(what + " normals", primitive.normals(), 3)));
        if (variants.textured(primitive)) {
            requireFinite(what + " uvs", primitive.uvs());
            attributes.put("TEXCOORD_0", binary.uvs(primitive.uvs()));
        }
        object.put("indices", binary.indices(primitive.indices(), vertices));
        object.put("material", materials.index(primitive.material()));
        variants.writeMappings(primitive, object);
    }

    private void writeInfluences(
            String mesh, Asset.Node node, Asset.Primitive primitive, ObjectNode attributes) {
        int needed = node.skin() < 0 ? 0 : INFLUENCES * primitive.positions().length / 3;
        if (primitive.joints().length != needed || primitive.weights().length != needed) {
            throw invalid("mesh " + mesh + ": its joints and weights do not fit its vertices");
        }
        if (needed == 0) {
            return;
        }
        int joints = asset.skins().get(node.skin()).joints().length;
        for (int joint : primitive.joints()) {
            if (joint < 0 || joint >= joints) {
                throw invalid("mesh " + mesh + ": joint " + joint + " of " + joints + " joints");
            }
        }
        requireFinite("mesh " + mesh + " weights", primitive.weights());
        attributes.put("JOINTS_0", binary.joints(primitive.joints(), joints));
        attributes.put("WEIGHTS_0", binary.weights(primitive.weights()));
    }

    private void writeNodes(Map<Integer, Integer> meshes, Map<Integer, Integer> skins) {
        List<Asset.Node> nodes = asset.nodes();
        ArrayNode array = mapper.createArrayNode();
        ArrayNode roots = mapper.createArrayNode();
        for (int i = 0; i < nodes.size(); i++) {
            Asset.Node node = nodes.get(i);
            ObjectNode object = array.addObject().put("name", node.name());
            if (node.parent() >= i) {
                throw invalid("node " + node.name() + " comes before its parent");
            } else if (node.parent() >= 0) {
                ((ObjectNode) array.get(node.parent())).withArray("children").add(i);
            } else {
                roots.add(i);
            }
            writeTransform(node, object);
            if (node.mesh() >= 0) {
                object.put("mesh", meshes.get(node.mesh()));
            }
            if (node.skin() >= 0) {
                object.put("skin", skins.get(node.skin()));
            }
            putSorted(object, node.extras());
        }
        lights.writeNodes(array);
        root.put("scene", 0);
        ObjectNode scene = root.putArray("scenes").addObject().put("name", asset.name());
        if (!nodes.isEmpty()) {
            scene.set("nodes", roots);
            root.set("nodes", array);
        }
    }

    private static void writeTransform(Asset.Node node, ObjectNode object) {
        Vector3fc t = node.translation();
        if (!t.isFinite()) {
            throw invalid("node " + node.name() + ": its translation is not finite");
        }
        if (t.x() != 0 || t.y() != 0 || t.z() != 0) {
            object.putArray("translation").add(t.x()).add(t.y()).add(t.z());
        }
        Quaternionfc q = node.rotation();
        Quaterniond r = new Quaterniond(q.x(), q.y(), q.z(), q.w());
        if (!(r.lengthSquared() > SHORTEST_DIRECTION * SHORTEST_DIRECTION) || !r.isFinite()) {
            throw invalid("node " + node.name() + ": its rotation has no direction");
        }
        r.normalize();
        if (r.x != 0 || r.y != 0 || r.z != 0) {
            object.putArray("rotation").add(r.x).add(r.y).add(r.z).add(r.w);
        }
        Vector3fc s = node.scale();
        if (!s.isFinite()) {
            throw invalid("node " + node.name() + ": its scale is not finite");
        }
        if (s.x() != 1 || s.y() != 1 || s.z() != 1) {
            object.putArray("scale").add(s.x()).add(s.y()).add(s.z());
        }
    }

    private void writeAnimations() {
        ArrayNode animations = mapper.createArrayNode();
        for (Asset.Clip clip : asset.clips()) {
            if (clip.channels().isEmpty()) {
                throw invalid("clip " + clip.name() + " has no channels");
            }
            ObjectNode animation = animations.addObject().put("name", clip.name());
            ArrayNode channels = animation.putArray("channels");
            ArrayNode samplers = animation.putArray("samplers");
            Map<List<Float>, Integer> times = new HashMap<>();
            for (Asset.Channel channel : clip.channels()) {
                String what = "clip " + clip.name();
                channels.addObject()
                        .put("sampler", samplers.size())
                        .putObject("target")
                        .put("node", channel.node())
                        .put("path", channel.property());
                int input =
                        times.computeIfAbsent(
                                boxed(channel.times()), k -> writeTimes(what, channel.times()));
                samplers.addObject()
                        .put("input", input)
                        .put("output", writeValues(what, channel))
                        .put("interpolation", channel.interpolation().name());
                if (lights.follows(channel)) {
                    ObjectNode light = channels.addObject().put("sampler", samplers.size());
                    lights.writeTarget(channel, light.putObject("target"), materials);
                    samplers.addObject()
                            .put("input", input)
                            .put("output", binary.keyframes(lights.intensities(channel), 1))
                            .put("interpolation", channel.interpolation().name());
                }
            }
        }
        if (!animations.isEmpty()) {
            root.set("animations", animations);
        }
    }

    private int writeTimes(String what, float[] times) {
        requireFinite(what + " times", times);
        for (int i = 0; i < times.length; i++) {
            if (times[i] < 0 || i > 0 && times[i] <= times[i - 1]) {
                throw invalid(what + ": its times do not increase from 0 on");
            }
        }
        return binary.times(times);
    }

    private int writeValues(String what, Asset.Channel channel) {
        int components =
                switch (channel.property()) {
                    case "rotation" -> 4;
                    case "translation", "scale" -> 3;
                    default -> throw invalid(what + ": unknown property " + channel.property());
                };
        float[] values = channel.values();
        if (values.length != components * channel.times().length || values.length == 0) {
            throw invalid(what + ": as many values as times are needed");
        }
        if (channel.node() < 0 || channel.node() >= asset.nodes().size()) {
            throw invalid(what + ": node " + channel.node() + " does not exist");
        }
        requireFinite(what + " values", values);
        return binary.keyframes(
                components == 4 ? directions(what + " rotations", values, 4) : values, components);
    }

    private static List<Float> boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, i -> values[i]);
        return List.of(boxed);
    }

    /** Of unit length as exactly as floats can be. */
    private static float[] directions(String what, float[] values, int components) {
        float[] units = new float[values.length];
        for (int i = 0; i < values.length; i += components) {
            double squared = 0;
            for (int c = 0; c < components; c++) {
                squared += (double) values[i + c] * values[i + c];
            }
            double length = Math.sqrt(squared);
            if (!(length > SHORTEST_DIRECTION) || Double.isInfinite(length)) {
                throw invalid(what + ": number " + i / components + " is not of unit length");
            }
            for (int c = 0; c < components; c++) {
                units[i + c] = (float) (values[i + c] / length);
            }
        }
        return units;
    }

    static void requireFinite(String what, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw invalid(what + " are not all finite");
            }
        }
    }

    static IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException("asset cannot be written: " + why);
    }

    /** The one file of an asset. */
    public static byte[] binary(Asset asset, Imaging imaging) {
        return new GltfDocument(asset, imaging, Optional.empty()).bytes();
    }

    /**
     * The files of an asset, by extension.
     *
     * @param name of all files
     */
    public static Map<String, byte[]> files(Asset asset, Imaging imaging, String name) {
        FilesBeside beside = new FilesBeside(name);
        GltfDocument document = new GltfDocument(asset, imaging, Optional.of(beside));
        byte[] data = document.finish();
        if (data.length > 0) {
            String uri = beside.add("bin", data);
            ((ObjectNode) document.root.at("/buffers/0")).put("uri", uri);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("gltf", document.json());
        files.putAll(beside.files());
        return files;
    }

    /** The buffer. */
    private byte[] finish() {
        byte[] data = binary.finish();
        if (data.length > 0) {
            root.putArray("buffers").addObject().put("byteLength", data.length);
        } else {
            root.remove(List.of("accessors", "bufferViews"));
        }
        return data;
    }

    private byte[] bytes() {
        byte[] data = finish();
        byte[] json = padded(json());
        int length = 12 + 8 + json.length + (data.length > 0 ? 8 + data.length : 0);
        ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAGIC).putInt(VERSION).putInt(length);
        file.putInt(json.length).putInt(CHUNK_JSON).put(json);
        if (data.length > 0) {
            file.putInt(data.length).putInt(CHUNK_BIN).put(data);
        }
        return file.array();
    }

    private byte[] json() {
        try {
            return mapper.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    private static byte[] padded(byte[] json) {
        byte[] padded = Arrays.copyOf(json, json.length + (-json.length & 3));
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}
