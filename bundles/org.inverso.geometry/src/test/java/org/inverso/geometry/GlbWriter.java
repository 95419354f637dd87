/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A GLB file in the making, whose JSON a test may spoil. */
public class GlbWriter {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public final ObjectNode json = MAPPER.createObjectNode();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    GlbWriter() {
        json.putObject("asset").put("version", "2.0");
        for (String array : List.of("nodes", "meshes", "materials", "accessors", "bufferViews")) {
            json.putArray(array);
        }
    }

    ArrayNode array(String field) {
        return json.withArray(field);
    }

    ObjectNode primitive(int mesh, int index) {
        return (ObjectNode) json.at("/meshes/" + mesh + "/primitives/" + index);
    }

    int floats(float[] values, String type) {
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        b.asFloatBuffer().put(values);
        return accessor(view(b.array()), 5126, values.length / components(type), type);
    }

    int indices(List<Integer> faces, boolean wide) {
        ByteBuffer b = ByteBuffer.allocate(4 * faces.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i : faces) {
            if (wide) {
                b.putInt(i);
            } else {
                b.putShort((short) i);
            }
        }
        return accessor(view(b.array()), wide ? 5125 : 5123, faces.size(), "SCALAR");
    }

    /** Only the vertices that move, as Blender writes morph targets. */
    int sparse(float[] deltas) {
        ByteBuffer at = ByteBuffer.allocate(deltas.length).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer by = ByteBuffer.allocate(4 * deltas.length).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        for (int v = 0; v < deltas.length / 3; v++) {
            if (deltas[3 * v] != 0 || deltas[3 * v + 1] != 0 || deltas[3 * v + 2] != 0) {
                at.put((byte) v);
                by.putFloat(deltas[3 * v]).putFloat(deltas[3 * v + 1]).putFloat(deltas[3 * v + 2]);
                count++;
            }
        }
        ObjectNode accessor = array("accessors").addObject();
        accessor.put("componentType", 5126).put("count", deltas.length / 3).put("type", "VEC3");
        ObjectNode sparse = accessor.putObject("sparse").put("count", count);
        sparse.putObject("indices").put("bufferView", view(at.array())).put("componentType", 5121);
        sparse.putObject("values").put("bufferView", view(by.array()));
        return array("accessors").size() - 1;
    }

    int accessor(int view, int componentType, int count, String type) {
        array("accessors")
                .addObject()
                .put("bufferView", view)
                .put("componentType", componentType)
                .put("count", count)
                .put("type", type);
        return array("accessors").size() - 1;
    }

    int view(byte[] bytes) {
        array("bufferViews")
                .addObject()
                .put("buffer", 0)
                .put("byteOffset", binary.size())
                .put("byteLength", bytes.length);
        binary.writeBytes(bytes);
        binary.writeBytes(new byte[(4 - bytes.length % 4) % 4]);
        return array("bufferViews").size() - 1;
    }

    public byte[] glb() {
        json.putArray("buffers").addObject().put("byteLength", binary.size());
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        int padding = (4 - text.length % 4) % 4;
        int length = 12 + 8 + text.length + padding + 8 + binary.size();
        ByteBuffer glb = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        glb.putInt(0x46546c67).putInt(2).putInt(length);
        glb.putInt(text.length + padding).putInt(0x4e4f534a).put(text);
        glb.put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
        glb.putInt(binary.size()).putInt(0x004e4942).put(binary.toByteArray());
        return glb.array();
    }

    private static int components(String type) {
        return switch (type) {
            case "SCALAR" -> 1;
            case "MAT4" -> 16;
            default -> type.charAt(3) - '0';
        };
    }
}
