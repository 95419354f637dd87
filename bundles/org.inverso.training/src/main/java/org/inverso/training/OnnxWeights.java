/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.InversoException;

/**
 * Weights and biases of the convolutions of an ONNX model, in the order in which they are
 * evaluated; names that exporters give are of no use. Reads just the parts of the file (protocol
 * buffers; onnx.proto3 of ONNX) that this takes.
 */
final class OnnxWeights {

    /** Numbers of the fields in onnx.proto3. */
    private static final int MODEL_GRAPH = 7;

    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OPERATOR = 4;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;

    /**
     * A convolution.
     *
     * @param weight by output channel, input channel, row and column
     * @param bias by output channel
     */
    record Convolution(float[] weight, float[] bias) {}

    private OnnxWeights() {}

    /**
     * @throws InversoException when this is no such file or a convolution has no bias
     */
    static List<Convolution> convolutions(byte[] onnx) {
        try {
            return graph(field(ByteBuffer.wrap(onnx), MODEL_GRAPH));
        } catch (RuntimeException e) {
            throw new InversoException("not an ONNX model of convolutions: " + e.getMessage(), e);
        }
    }

    private static List<Convolution> graph(ByteBuffer graph) {
        Map<String, float[]> tensors = new HashMap<>();
        List<List<String>> inputs = new ArrayList<>();
        each(
                graph,
                (number, bytes) -> {
                    if (number == GRAPH_INITIALIZER) {
                        ByteBuffer raw = field(bytes.duplicate(), TENSOR_RAW);
                        float[] values = new float[raw.remaining() / Float.BYTES];
                        raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
                        tensors.put(text(field(bytes, TENSOR_NAME)), values);
                    } else if (number == GRAPH_NODE
                            && "Conv".equals(text(field(bytes.duplicate(), NODE_OPERATOR)))) {
                        List<String> names = new ArrayList<>();
                        each(
                                bytes,
                                (n, value) -> {
                                    if (n == NODE_INPUT) {
                                        names.add(text(value));
                                    }
                                });
                        inputs.add(names);
                    }
                });
        List<Convolution> convolutions = new ArrayList<>();
        for (List<String> names : inputs) {
            convolutions.add(new Convolution(tensors.get(names.get(1)), tensors.get(names.get(2))));
        }
        return convolutions;
    }

    private interface Visitor {
        void field(int number, ByteBuffer bytes);
    }

    /** All fields of a message that hold bytes, and none of those that hold numbers. */
    private static void each(ByteBuffer message, Visitor visitor) {
        while (message.hasRemaining()) {
            long key = varint(message);
            switch ((int) (key & 7)) {
                case 0 -> varint(message);
                case 1 -> message.position(message.position() + Long.BYTES);
                case 2 -> {
                    int length = (int) varint(message);
                    visitor.field((int) (key >>> 3), message.slice(message.position(), length));
                    message.position(message.position() + length);
                }
                case 5 -> message.position(message.position() + Integer.BYTES);
                default -> throw new IllegalArgumentException("unknown kind of field");
            }
        }
    }

    private static ByteBuffer field(ByteBuffer message, int wanted) {
        ByteBuffer[] found = {ByteBuffer.allocate(0)};
        each(
                message,
                (number, bytes) -> {
                    if (number == wanted) {
                        found[0] = bytes;
                    }
                });
        return found[0];
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 127) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
