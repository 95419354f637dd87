/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import org.inverso.api.CategoryException;

/**
 * Reads accessors, dense and sparse, of a file that nobody vouches for: every index, size and
 * offset is checked before it is used, and nothing is allocated on the file's word alone.
 */
public final class GltfAccessors {

    private static final int BYTE = 5120;
    private static final int UNSIGNED_BYTE = 5121;
    private static final int SHORT = 5122;
    private static final int UNSIGNED_SHORT = 5123;
    private static final int UNSIGNED_INT = 5125;
    private static final int FLOAT = 5126;

    private final JsonNode json;
    private final ByteBuffer binary;

    public GltfAccessors(GlbFile file) {
        this.json = file.json();
        this.binary = file.binary();
    }

    /** Number of elements that an accessor claims to have. */
    public int count(int accessor) {
        return nonNegative(accessor(accessor), "count", "accessor " + accessor);
    }

    /**
     * Finite numbers of an accessor, normalised integers turned into their fractions.
     *
     * @param type {@code SCALAR}, {@code VEC2}, {@code VEC3}, {@code VEC4} or {@code MAT4}
     * @param count number of elements that it must have
     * @return {@code float[count * components]}
     */
    public float[] floats(int accessor, String type, int count) {
        JsonNode node = accessor(accessor);
        String what = "accessor " + accessor;
        int components = components(type);
        int componentType = nonNegative(node, "componentType", what);
        boolean normalized = node.path("normalized").asBoolean(false);
        if (!type.equals(node.path("type").asText())) {
            throw new CategoryException(
                    what + " is " + node.path("type").asText() + " where " + type + " is needed");
        }
        if (componentType != FLOAT && !normalized) {
            throw new CategoryException(what + " holds neither floats nor normalised integers");
        }
        if (count(accessor) != count) {
            throw new CategoryException(
                    what + " has " + count(accessor) + " elements where " + count + " are needed");
        }
        float[] values = new float[Math.multiplyExact(count, components)];
        if (node.has("bufferView")) {
            View view =
                    view(
                            nonNegative(node, "bufferView", what),
                            optional(node, "byteOffset", what),
                            (long) components * size(componentType, what),
                            count,
                            what);
            for (int i = 0; i < count; i++) {
                for (int c = 0; c < components; c++) {
                    values[i * components + c] =
                            number(view.at(i) + c * size(componentType, what), componentType);
                }
            }
        }
        if (node.has("sparse")) {
            replaceSparse(node.get("sparse"), values, components, componentType, count, what);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new CategoryException(what + " holds a number that is not finite");
            }
        }
        return values;
    }

    private void replaceSparse(
            JsonNode sparse,
            float[] values,
            int components,
            int componentType,
            int count,
            String what) {
        String where = what + ", sparse";
        int replaced = nonNegative(sparse, "count", where);
        if (replaced > count) {
            throw new CategoryException(where + ": replaces more elements than there are");
        }
        JsonNode at = sparse.path("indices");
        int indexType = nonNegative(at, "componentType", where);
        View indexView =
                view(
                        nonNegative(at, "bufferView", where),
                        optional(at, "byteOffset", where),
                        size(indexType, where),
                        replaced,
                        where);
        JsonNode by = sparse.path("values");
        View valueView =
                view(
                        nonNegative(by, "bufferView", where),
                        optional(by, "byteOffset", where),
                        (long) components * size(componentType, where),
                        replaced,
                        where);
        for (int i = 0; i < replaced; i++) {
            long index = unsigned(indexView.at(i), indexType, where);
            if (index >= count) {
                throw new CategoryException(where + ": index " + index + " of " + count);
            }
            for (int c = 0; c < components; c++) {
                values[(int) index * components + c] =
                        number(valueView.at(i) + c * size(componentType, where), componentType);
            }
        }
    }

    /**
     * Vertex indices.
     *
     * @param vertexCount that every index must be below
     */
    public int[] indices(int accessor, int vertexCount) {
        JsonNode node = accessor(accessor);
        String what = "accessor " + accessor;
        if (!"SCALAR".equals(node.path("type").asText()) || node.has("sparse")) {
            throw new CategoryException(what + " is not a plain list of indices");
        }
        int componentType = nonNegative(node, "componentType", what);
        int count = count(accessor);
        View view =
                view(
                        nonNegative(node, "bufferView", what),
                        optional(node, "byteOffset", what),
                        size(componentType, what),
                        count,
                        what);
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            long index = unsigned(view.at(i), componentType, what);
            if (index >= vertexCount) {
                throw new CategoryException(
                        what + ": index " + index + " of " + vertexCount + " vertices");
            }
            indices[i] = (int) index;
        }
        return indices;
    }

    /**
     * Four bytes or shorts for each vertex, indices of joints.
     *
     * @param count number of vertices that it must have
     * @param limit that every number must be below
     * @return {@code int[count * 4]}
     */
    public int[] joints(int accessor, int count, int limit) {
        JsonNode node = accessor(accessor);
        String what = "accessor " + accessor;
        int componentType = nonNegative(node, "componentType", what);
        if (!"VEC4".equals(node.path("type").asText())
                || node.has("sparse")
                || componentType != UNSIGNED_BYTE && componentType != UNSIGNED_SHORT) {
            throw new CategoryException(what + " is not a plain list of four joints a vertex");
        }
        if (count(accessor) != count) {
            throw new CategoryException(
                    what + " has " + count(accessor) + " elements where " + count + " are needed");
        }
        int size = size(componentType, what);
        View view =
                view(
                        nonNegative(node, "bufferView", what),
                        optional(node, "byteOffset", what),
                        4L * size,
                        count,
                        what);
        int[] joints = new int[4 * count];
        for (int i = 0; i < joints.length; i++) {
            joints[i] = (int) unsigned(view.at(i / 4) + i % 4 * size, componentType, what);
            if (joints[i] >= limit) {
                throw new CategoryException(
                        what + ": joint " + joints[i] + " of " + limit + " joints");
            }
        }
        return joints;
    }

    private JsonNode accessor(int index) {
        JsonNode node = json.path("accessors").path(index);
        if (!node.isObject()) {
            throw new CategoryException("accessor " + index + " does not exist");
        }
        return node;
    }

    /** A strided run of elements that lies within the buffer. */
    private record View(int start, int stride) {
        int at(int element) {
            return start + element * stride;
        }
    }

    private View view(int index, int offset, long elementSize, int count, String what) {
        JsonNode node = json.path("bufferViews").path(index);
        String name = "bufferView " + index;
        if (!node.isObject()) {
            throw new CategoryException(what + ": " + name + " does not exist");
        }
        if (optional(node, "buffer", name) != 0 || json.path("buffers").path(0).has("uri")) {
            throw new CategoryException(name + " is not in the file's own buffer");
        }
        long start = optional(node, "byteOffset", name);
        long length = nonNegative(node, "byteLength", name);
        long stride = node.has("byteStride") ? nonNegative(node, "byteStride", name) : elementSize;
        if (start + length > binary.capacity()) {
            throw new CategoryException(name + " reaches beyond the file's end");
        }
        if (stride < elementSize) {
            throw new CategoryException(name + ": its stride is smaller than its elements");
        }
        if (count > 0 && offset + stride * (count - 1L) + elementSize > length) {
            throw new CategoryException(what + " reaches beyond " + name);
        }
        return new View(Math.toIntExact(start + offset), Math.toIntExact(stride));
    }

    private float number(int at, int componentType) {
        return switch (componentType) {
            case FLOAT -> binary.getFloat(at);
            case BYTE -> Math.max(binary.get(at) / 127f, -1);
            case UNSIGNED_BYTE -> (binary.get(at) & 0xff) / 255f;
            case SHORT -> Math.max(binary.getShort(at) / 32767f, -1);
            case UNSIGNED_SHORT -> (binary.getShort(at) & 0xffff) / 65535f;
            default -> Float.NaN;
        };
    }

    private long unsigned(int at, int componentType, String what) {
        return switch (componentType) {
            case UNSIGNED_BYTE -> binary.get(at) & 0xff;
            case UNSIGNED_SHORT -> binary.getShort(at) & 0xffff;
            case UNSIGNED_INT -> Integer.toUnsignedLong(binary.getInt(at));
            default -> throw new CategoryException(what + ": indices must be unsigned integers");
        };
    }

    private static int size(int componentType, String what) {
        return switch (componentType) {
            case BYTE, UNSIGNED_BYTE -> 1;
            case SHORT, UNSIGNED_SHORT -> 2;
            case UNSIGNED_INT, FLOAT -> 4;
            default ->
                    throw new CategoryException(what + ": unknown componentType " + componentType);
        };
    }

    private static int components(String type) {
        return switch (type) {
            case "SCALAR" -> 1;
            case "VEC2" -> 2;
            case "VEC3" -> 3;
            case "VEC4" -> 4;
            case "MAT4" -> 16;
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static int optional(JsonNode node, String field, String what) {
        return node.has(field) ? nonNegative(node, field, what) : 0;
    }

    /** A required non-negative integer of a JSON object. */
    public static int nonNegative(JsonNode node, String field, String what) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new CategoryException(what + ": " + field + " is missing or not a valid number");
        }
        return value.intValue();
    }
}
