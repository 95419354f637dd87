/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes small ONNX models: a 1x1 convolution of the three channels and a sigmoid, with the inputs
 * and outputs of rembg's networks. Field numbers are those of onnx.proto3.
 */
final class OnnxFile {

    private static final int FLOAT = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private OnnxFile() {}

    /**
     * Saliency is {@code sigmoid(red * x_red + green * x_green + blue * x_blue + bias)} of the
     * normalised input.
     *
     * @param side of the input in pixels; 0 leaves it open
     */
    static byte[] mattingModel(int side, float red, float green, float blue, float bias) {
        return model(side, 3, new float[] {red, green, blue}, bias);
    }

    /** A model of another number of input channels, which is no matting model. */
    static byte[] modelWithChannels(int channels) {
        return model(64, channels, new float[channels], 0);
    }

    private static byte[] model(int side, int channels, float[] weights, float bias) {
        OnnxFile graph = new OnnxFile();
        graph.message(1, node("Conv", "map", "input.1", "weights", "bias"));
        graph.message(1, node("Sigmoid", "d0", "map"));
        // Deeply supervised networks have further outputs, which must not be taken.
        graph.message(1, node("Neg", "d1", "map"));
        graph.text(2, "matting");
        graph.message(5, tensor("weights", weights, 1, channels, 1, 1));
        graph.message(5, tensor("bias", new float[] {bias}, 1));
        graph.message(11, value("input.1", 1, channels, side, side));
        graph.message(12, value("d0", 1, 1, side, side));
        graph.message(12, value("d1", 1, 1, side, side));
        OnnxFile model = new OnnxFile();
        model.number(1, 8);
        model.message(7, graph);
        model.message(8, new OnnxFile().number(2, 13));
        return model.bytes.toByteArray();
    }

    private static OnnxFile node(String type, String output, String... inputs) {
        OnnxFile node = new OnnxFile();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, type);
    }

    private static OnnxFile tensor(String name, float[] values, int... extents) {
        OnnxFile tensor = new OnnxFile();
        for (int extent : extents) {
            tensor.number(1, extent);
        }
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.number(2, FLOAT).text(8, name).block(9, raw.array());
    }

    private static OnnxFile value(String name, int... extents) {
        OnnxFile shape = new OnnxFile();
        for (int i = 0; i < extents.length; i++) {
            OnnxFile dimension = new OnnxFile();
            shape.message(
                    1,
                    extents[i] > 0 ? dimension.number(1, extents[i]) : dimension.text(2, "n" + i));
        }
        OnnxFile tensor = new OnnxFile().number(1, FLOAT).message(2, shape);
        return new OnnxFile().text(1, name).message(2, new OnnxFile().message(1, tensor));
    }

    private OnnxFile number(int field, long value) {
        varint(field << 3);
        varint(value);
        return this;
    }

    private OnnxFile text(int field, String value) {
        return block(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private OnnxFile message(int field, OnnxFile value) {
        return block(field, value.bytes.toByteArray());
    }

    private OnnxFile block(int field, byte[] value) {
        varint(field << 3 | 2);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
