/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a model as a template: one node, mesh and list of morph targets a part. */
public final class TemplateWriter {

    private static final int FLOAT = 5126;
    private static final int UNSIGNED_INT = 5125;
    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;
    private static final int MAGIC = 0x46546c67;
    private static final int CHUNK_JSON = 0x4e4f534a;
    private static final int CHUNK_BIN = 0x004e4942;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode root = mapper.createObjectNode();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final ArrayNode accessors;
    private final ArrayNode views;
    private final Model model;

    private TemplateWriter(Model model) {
        this.model = model;
        root.putObject("asset").put("version", "2.0").put("generator", "Inverso");
        root.put("scene", 0);
        accessors = mapper.createArrayNode();
        views = mapper.createArrayNode();
    }

    /** Bytes of a binary glTF 2.0 file. */
    public static byte[] write(Model model) {
        return new TemplateWriter(model).file();
    }

    private byte[] file() {
        ArrayNode sceneNodes = root.putArray("scenes").addObject().putArray("nodes");
        ArrayNode nodes = root.putArray("nodes");
        ArrayNode meshes = root.putArray("meshes");
        for (int p = 0; p < model.parts().size(); p++) {
            ModelPart part = model.parts().get(p);
            sceneNodes.add(p);
            ObjectNode node = nodes.addObject().put("name", part.name()).put("mesh", p);
            if (part.origin().lengthSquared() > 0) {
                node.putArray("translation")
                        .add((float) part.origin().x)
                        .add((float) part.origin().y)
                        .add((float) part.origin().z);
            }
            mesh(meshes.addObject(), part);
        }
        materials(root.putArray("materials"));
        root.set("accessors", accessors);
        root.set("bufferViews", views);
        root.putArray("buffers").addObject().put("byteLength", binary.size());
        return chunks();
    }

    private void mesh(ObjectNode mesh, ModelPart part) {
        mesh.put("name", part.name());
        ObjectNode attributes = mapper.createObjectNode();
        attributes.put("POSITION", floats(relative(part), 3, true));
        attributes.put("TEXCOORD_0", floats(part.uvs(), 2, false));
        ArrayNode targets = mapper.createArrayNode();
        // A part that nothing moves goes without.
        if (!part.deltas().isEmpty()) {
            for (String name : model.targets()) {
                float[] delta = part.deltas().getOrDefault(name, new float[0]);
                ObjectNode target = targets.addObject();
                float[] moved = delta.length > 0 ? delta : new float[part.positions().length];
                target.put("POSITION", floats(moved, 3, true));
            }
            ArrayNode names = mesh.putObject("extras").putArray("targetNames");
            model.targets().forEach(names::add);
        }
        ArrayNode primitives = mesh.putArray("primitives");
        for (int m = 0; m < model.materials().size(); m++) {
            int[] indices = indices(part, m);
            if (indices.length > 0) {
                ObjectNode primitive = primitives.addObject();
                primitive.set("attributes", attributes);
                if (!targets.isEmpty()) {
                    primitive.set("targets", targets);
                }
                primitive.put("indices", ints(indices)).put("material", m);
            }
        }
    }

    private static float[] relative(ModelPart part) {
        float[] relative = part.positions().clone();
        for (int i = 0; i < relative.length; i += 3) {
            relative[i] -= (float) part.origin().x;
            relative[i + 1] -= (float) part.origin().y;
            relative[i + 2] -= (float) part.origin().z;
        }
        return relative;
    }

    private static int[] indices(ModelPart part, int material) {
        int[] indices = new int[part.faces().length];
        int at = 0;
        for (int f = 0; f < part.faceCount(); f++) {
            if (part.faceMaterial()[f] == material) {
                System.arraycopy(part.faces(), 3 * f, indices, at, 3);
                at += 3;
            }
        }
        return Arrays.copyOf(indices, at);
    }

    private void materials(ArrayNode array) {
        for (ModelMaterial material : model.materials()) {
            ObjectNode node = array.addObject().put("name", material.name());
            ObjectNode pbr = node.putObject("pbrMetallicRoughness");
            pbr.set("baseColorFactor", numbers(material.baseColor()));
            pbr.put("metallicFactor", material.metallic());
            pbr.put("roughnessFactor", material.roughness());
            node.set("emissiveFactor", numbers(material.emissive()));
            if (material.baseColor()[3] < 1) {
                node.put("alphaMode", "BLEND");
            }
        }
    }

    private ArrayNode numbers(float[] values) {
        ArrayNode array = mapper.createArrayNode();
        for (float value : values) {
            array.add(value);
        }
        return array;
    }

    private int floats(float[] values, int width, boolean bounds) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        ObjectNode accessor =
                accessor(bytes.array(), FLOAT, values.length / width, ARRAY_BUFFER)
                        .put("type", "VEC" + width);
        if (bounds) {
            float[] min = new float[width];
            float[] max = new float[width];
            Arrays.fill(min, Float.POSITIVE_INFINITY);
            Arrays.fill(max, Float.NEGATIVE_INFINITY);
            for (int i = 0; i < values.length; i++) {
                min[i % width] = Math.min(min[i % width], values[i]);
                max[i % width] = Math.max(max[i % width], values[i]);
            }
            accessor.set("min", numbers(min));
            accessor.set("max", numbers(max));
        }
        return accessors.size() - 1;
    }

    private int ints(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        accessor(bytes.array(), UNSIGNED_INT, values.length, ELEMENT_ARRAY_BUFFER)
                .put("type", "SCALAR");
        return accessors.size() - 1;
    }

    private ObjectNode accessor(byte[] bytes, int componentType, int count, int target) {
        views.addObject()
                .put("buffer", 0)
                .put("byteOffset", binary.size())
                .put("byteLength", bytes.length)
                .put("target", target);
        binary.writeBytes(bytes);
        return accessors
                .addObject()
                .put("bufferView", views.size() - 1)
                .put("componentType", componentType)
                .put("count", count);
    }

    /** Binary glTF 2.0, section 4.4: a header and two chunks, each a multiple of four bytes. */
    private byte[] chunks() {
        byte[] json;
        try {
            json = mapper.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        int jsonLength = (json.length + 3) / 4 * 4;
        ByteBuffer file =
                ByteBuffer.allocate(12 + 8 + jsonLength + 8 + binary.size())
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAGIC).putInt(2).putInt(file.capacity());
        file.putInt(jsonLength).putInt(CHUNK_JSON).put(json);
        while (file.position() < 20 + jsonLength) {
            file.put((byte) ' ');
        }
        file.putInt(binary.size()).putInt(CHUNK_BIN).put(binary.toByteArray());
        return file.array();
    }
}
