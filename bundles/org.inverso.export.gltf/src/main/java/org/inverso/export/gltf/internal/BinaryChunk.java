/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The buffer of a GLB file with its views and accessors. Elements of one kind share a view; every
 * view begins at a multiple of four, so that every accessor is aligned to its components.
 */
final class BinaryChunk {

    /** What accessors are for: each kind has a view of its own. */
    private enum Kind {
        /** Positions and normals. */
        VECTORS(12, ARRAY_BUFFER),
        UVS(8, ARRAY_BUFFER),
        BYTE_JOINTS(4, ARRAY_BUFFER),
        SHORT_JOINTS(8, ARRAY_BUFFER),
        WEIGHTS(16, ARRAY_BUFFER),
        MATRICES(0, 0),
        SHORT_INDICES(0, ELEMENT_ARRAY_BUFFER),
        INT_INDICES(0, ELEMENT_ARRAY_BUFFER),
        KEYFRAMES(0, 0);

        private final int stride;
        private final int target;

        Kind(int stride, int target) {
            this.stride = stride;
            this.target = target;
        }
    }

    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;
    private static final int UNSIGNED_BYTE = 5121;
    private static final int UNSIGNED_SHORT = 5123;
    private static final int UNSIGNED_INT = 5125;
    private static final int FLOAT = 5126;

    /** The largest 16-bit index would restart a strip on some graphics interfaces. */
    private static final int MAX_SHORT_VERTICES = 0xffff;

    private static final int MAX_BYTE_JOINTS = 0x100;

    private final ArrayNode views;
    private final ArrayNode accessors;
    private final Map<Kind, Integer> viewOf = new EnumMap<>(Kind.class);
    private final List<ByteArrayOutputStream> contents = new ArrayList<>();

    BinaryChunk(ArrayNode views, ArrayNode accessors) {
        this.views = views;
        this.accessors = accessors;
    }

    /** Adds positions, with the bounds that glTF asks for. */
    int positions(float[] xyz) {
        int accessor = add(Kind.VECTORS, FLOAT, "VEC3", xyz.length / 3, bytes(xyz));
        bounds((ObjectNode) accessors.get(accessor), xyz, 3);
        return accessor;
    }

    int normals(float[] xyz) {
        return add(Kind.VECTORS, FLOAT, "VEC3", xyz.length / 3, bytes(xyz));
    }

    int uvs(float[] uv) {
        return add(Kind.UVS, FLOAT, "VEC2", uv.length / 2, bytes(uv));
    }

    /** Adds four joints a vertex. */
    int joints(int[] joints, int jointCount) {
        boolean isByte = jointCount <= MAX_BYTE_JOINTS;
        ByteBuffer buffer = buffer((isByte ? 1 : 2) * joints.length);
        for (int joint : joints) {
            if (isByte) {
                buffer.put((byte) joint);
            } else {
                buffer.putShort((short) joint);
            }
        }
        return add(
                isByte ? Kind.BYTE_JOINTS : Kind.SHORT_JOINTS,
                isByte ? UNSIGNED_BYTE : UNSIGNED_SHORT,
                "VEC4",
                joints.length / 4,
                buffer.array());
    }

    /** Adds four weights a vertex. */
    int weights(float[] weights) {
        return add(Kind.WEIGHTS, FLOAT, "VEC4", weights.length / 4, bytes(weights));
    }

    /** Adds matrices of 16 numbers, column-major. */
    int matrices(float[] values) {
        return add(Kind.MATRICES, FLOAT, "MAT4", values.length / 16, bytes(values));
    }

    int indices(int[] indices, int vertexCount) {
        boolean isShort = vertexCount <= MAX_SHORT_VERTICES;
        ByteBuffer buffer = buffer((isShort ? 2 : 4) * indices.length);
        for (int i : indices) {
            if (isShort) {
                buffer.putShort((short) i);
            } else {
                buffer.putInt(i);
            }
        }
        return add(
                isShort ? Kind.SHORT_INDICES : Kind.INT_INDICES,
                isShort ? UNSIGNED_SHORT : UNSIGNED_INT,
                "SCALAR",
                indices.length,
                buffer.array());
    }

    /** Adds keyframe times, with the bounds that glTF asks for. */
    int times(float[] seconds) {
        int accessor = add(Kind.KEYFRAMES, FLOAT, "SCALAR", seconds.length, bytes(seconds));
        bounds((ObjectNode) accessors.get(accessor), seconds, 1);
        return accessor;
    }

    int keyframes(float[] values, int components) {
        return add(
                Kind.KEYFRAMES,
                FLOAT,
                components == 1 ? "SCALAR" : components == 4 ? "VEC4" : "VEC3",
                values.length / components,
                bytes(values));
    }

    /** Adds a file of its own, for example a picture. */
    int view(byte[] bytes) {
        contents.add(new ByteArrayOutputStream());
        contents.get(contents.size() - 1).writeBytes(bytes);
        views.addObject().put("buffer", 0);
        return views.size() - 1;
    }

    private int add(Kind kind, int componentType, String type, int count, byte[] bytes) {
        int view =
                viewOf.computeIfAbsent(
                        kind,
                        k -> {
                            ObjectNode node = (ObjectNode) views.get(view(new byte[0]));
                            if (k.stride > 0) {
                                node.put("byteStride", k.stride);
                            }
                            if (k.target > 0) {
                                node.put("target", k.target);
                            }
                            return views.size() - 1;
                        });
        accessors
                .addObject()
                .put("bufferView", view)
                .put("byteOffset", contents.get(view).size())
                .put("componentType", componentType)
                .put("count", count)
                .put("type", type);
        contents.get(view).writeBytes(bytes);
        return accessors.size() - 1;
    }

    /** As doubles, for a shorter decimal would not be the same number to a strict reader. */
    private static void bounds(ObjectNode accessor, float[] values, int components) {
        ArrayNode min = accessor.putArray("min");
        ArrayNode max = accessor.putArray("max");
        for (int c = 0; c < components; c++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = c; i < values.length; i += components) {
                low = Math.min(low, values[i]);
                high = Math.max(high, values[i]);
            }
            min.add((double) low);
            max.add((double) high);
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer buffer = buffer(Math.multiplyExact(4, values.length));
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts the views one after another and tells them where they are. */
    byte[] finish() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int v = 0; v < contents.size(); v++) {
            ObjectNode view = (ObjectNode) views.get(v);
            view.put("byteOffset", all.size());
            view.put("byteLength", contents.get(v).size());
            all.writeBytes(contents.get(v).toByteArray());
            all.writeBytes(new byte[-all.size() & 3]);
        }
        return all.toByteArray();
    }
}
