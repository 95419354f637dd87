/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.inverso.api.CategoryException;
import org.inverso.category.internal.CategoryDescriptor.WeightFile;

/**
 * Checks that weights are the bytes they should be, a whole safetensors file of finite numbers, and
 * made for a category of this size, before a network's native code reads them.
 *
 * <p>A tensor {@value #SHAPE_OUTPUT} is the output of a network that estimates the shape and has a
 * number for each shape target; so has {@value #POSE_OUTPUT} for each pose parameter.
 */
public final class WeightCheck {

    static final String SHAPE_OUTPUT = "shape.bias";
    static final String POSE_OUTPUT = "pose.bias";

    private static final int MAX_HEADER = 1 << 24;
    private static final int MAX_DIMENSIONS = 8;

    private static final Map<String, Integer> BYTES =
            Map.ofEntries(
                    Map.entry("BOOL", 1),
                    Map.entry("U8", 1),
                    Map.entry("I8", 1),
                    Map.entry("F8_E4M3", 1),
                    Map.entry("F8_E5M2", 1),
                    Map.entry("I16", 2),
                    Map.entry("U16", 2),
                    Map.entry("F16", 2),
                    Map.entry("BF16", 2),
                    Map.entry("I32", 4),
                    Map.entry("U32", 4),
                    Map.entry("F32", 4),
                    Map.entry("I64", 8),
                    Map.entry("U64", 8),
                    Map.entry("F64", 8));

    private final Map<String, long[]> outputs;

    /**
     * @param shapeCount shape targets of the category
     * @param poseCount its pose parameters
     */
    public WeightCheck(int shapeCount, int poseCount) {
        outputs =
                Map.of(SHAPE_OUTPUT, new long[] {shapeCount}, POSE_OUTPUT, new long[] {poseCount});
    }

    /**
     * @param begin of its numbers, from the start of the data
     * @param end of them
     */
    private record Tensor(String name, String type, long[] shape, long begin, long end) {}

    /**
     * @throws CategoryException when anything of it is wrong
     */
    public void check(WeightFile declared, byte[] file) {
        String name = declared.name();
        if (file.length != declared.bytes()) {
            throw new CategoryException(
                    declared.file() + " has " + file.length + " bytes, not " + declared.bytes());
        }
        if (!CategoryFiles.sha256(file).equals(declared.sha256())) {
            throw new CategoryException(declared.file() + ": its SHA-256 is not the declared one");
        }
        if (file.length < 8) {
            throw damaged(name, "too short");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = bytes.getLong();
        if (length < 2 || length > MAX_HEADER || length > file.length - 8L) {
            throw damaged(name, "its header's length is wrong");
        }
        int data = 8 + (int) length;
        List<Tensor> tensors = tensors(name, header(name, file, (int) length), file.length - data);
        for (Tensor tensor : tensors) {
            requireOutput(name, tensor);
            int at = data + (int) tensor.begin;
            int size = (int) (tensor.end - tensor.begin);
            requireFinite(name, tensor, bytes.slice(at, size).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    private static JsonNode header(String name, byte[] file, int length) {
        try {
            return new ObjectMapper().readTree(file, 8, length);
        } catch (IOException e) {
            throw new CategoryException("weights " + name + ": the header is no JSON", e);
        }
    }

    /** In the order of their data, which they share without a gap. */
    private static List<Tensor> tensors(String name, JsonNode header, long data) {
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.add(tensor(name, entry.getKey(), entry.getValue(), data));
            }
        }
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        long end = 0;
        for (Tensor tensor : tensors) {
            if (tensor.begin != end) {
                throw damaged(name, "tensor " + tensor.name + " overlaps another or leaves a gap");
            }
            end = tensor.end;
        }
        if (end != data) {
            throw damaged(name, "its last " + (data - end) + " bytes belong to no tensor");
        }
        return tensors;
    }

    private static Tensor tensor(String weights, String key, JsonNode json, long data) {
        String name = key.replaceAll("\\p{Cntrl}", "?");
        JsonNode offsets = json.path("data_offsets");
        long begin = offsets.path(0).asLong(-1);
        long end = offsets.path(1).asLong(-1);
        if (begin < 0 || end < begin || end > data) {
            throw damaged(weights, "a tensor lies outside the file");
        }
        String type = json.path("dtype").asText();
        JsonNode dimensions = json.path("shape");
        if (!BYTES.containsKey(type)
                || !dimensions.isArray()
                || dimensions.size() > MAX_DIMENSIONS) {
            throw damaged(weights, "tensor " + name + " has no type or no shape");
        }
        long[] shape = new long[dimensions.size()];
        // Sizes are at most those of the file, so that the product cannot run over unnoticed.
        long bytes = BYTES.get(type);
        for (int d = 0; d < shape.length; d++) {
            shape[d] = dimensions.get(d).asLong(-1);
            if (shape[d] < 0 || shape[d] > data) {
                throw damaged(weights, "tensor " + name + " has no valid shape");
            }
            bytes = Math.min(Integer.MAX_VALUE, bytes * shape[d]);
        }
        if (bytes != end - begin) {
            throw damaged(
                    weights,
                    "tensor "
                            + name
                            + " of shape "
                            + Arrays.toString(shape)
                            + " does not have "
                            + (end - begin)
                            + " bytes");
        }
        return new Tensor(name, type, shape, begin, end);
    }

    private void requireOutput(String name, Tensor tensor) {
        long[] needed = outputs.get(tensor.name);
        if (needed != null && !Arrays.equals(needed, tensor.shape)) {
            throw new CategoryException(
                    "weights "
                            + name
                            + ": "
                            + tensor.name
                            + " has the shape "
                            + Arrays.toString(tensor.shape)
                            + ", but the category needs "
                            + Arrays.toString(needed)
                            + "; train it again");
        }
    }

    /** In all of these formats a number is finite unless all bits of its exponent are set. */
    private static void requireFinite(String name, Tensor tensor, ByteBuffer data) {
        boolean finite =
                switch (tensor.type) {
                    case "F16" -> finite(data.asShortBuffer(), 0x7c00);
                    case "BF16" -> finite(data.asShortBuffer(), 0x7f80);
                    case "F32" -> finite(data.asIntBuffer(), 0x7f80_0000);
                    default -> true;
                };
        if (!finite) {
            throw new CategoryException(
                    "weights "
                            + name
                            + ": tensor "
                            + tensor.name
                            + " holds a number that is not finite");
        }
    }

    private static boolean finite(ShortBuffer numbers, int exponent) {
        for (int i = 0; i < numbers.limit(); i++) {
            if ((numbers.get(i) & exponent) == exponent) {
                return false;
            }
        }
        return true;
    }

    private static boolean finite(IntBuffer numbers, int exponent) {
        for (int i = 0; i < numbers.limit(); i++) {
            if ((numbers.get(i) & exponent) == exponent) {
                return false;
            }
        }
        return true;
    }

    private static CategoryException damaged(String name, String why) {
        return new CategoryException("weights " + name + " are not safetensors: " + why);
    }
}
