/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Constants;

/**
 * A bundle with a category of its own, made from the car's: another id and another size, and
 * whatever damage a test does to it.
 */
final class WagonJar {

    static final String ID = "wagon";

    private static final String DESCRIPTOR = "category.json";
    private static final String TEMPLATE = "template.glb";
    private static final String DISENTANGLER = "weights/disentangler.safetensors";
    private static final String ENCODER = "weights/encoder.safetensors";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JarCopy jar = new JarCopy(Distribution.jarOf("org.inverso.category.car"));
    private final Map<String, byte[]> changed = new TreeMap<>();
    private final ObjectNode descriptor;

    WagonJar(String version) {
        jar.header(Constants.BUNDLE_SYMBOLICNAME, "org.inverso.itests.wagon")
                .header(Constants.BUNDLE_VERSION, version)
                .header(Constants.PROVIDE_CAPABILITY, "inverso.category;inverso.category=" + ID);
        descriptor = parse(jar.original(DESCRIPTOR));
        descriptor.put("id", ID).put("label", "Wagon").put("version", version);
        Glb template = Glb.parse(jar.original(TEMPLATE));
        template.scale(1.08);
        changed.put(TEMPLATE, template.bytes());
    }

    WagonJar wrongHash() {
        byte[] weights = jar.original(ENCODER);
        weights[weights.length - 1]++;
        changed.put(ENCODER, weights);
        return this;
    }

    WagonJar missingPart() {
        ((ArrayNode) descriptor.get("parts")).addObject().put("name", "sail").put("role", "sail");
        return this;
    }

    WagonJar vertexThatIsNoNumber() {
        Glb template = Glb.parse(changed.get(TEMPLATE));
        template.bin.putFloat(template.firstPosition(), Float.NaN);
        changed.put(TEMPLATE, template.bytes());
        return this;
    }

    /** The same numbers in another shape, with the right hash. */
    WagonJar weightsOfAnotherShape() {
        ByteBuffer old = ByteBuffer.wrap(jar.original(DISENTANGLER)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) old.getLong();
        ObjectNode header = parse(Arrays.copyOfRange(old.array(), 8, 8 + length));
        ArrayNode shape = (ArrayNode) header.at("/shape.bias/shape");
        shape.add(1);
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        byte[] weights =
                ByteBuffer.allocate(old.capacity() - length + text.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .put(old.array(), 8 + length, old.capacity() - 8 - length)
                        .array();
        changed.put(DISENTANGLER, weights);
        for (JsonNode declared : descriptor.get("weights")) {
            if (declared.get("file").asText().equals(DISENTANGLER)) {
                ((ObjectNode) declared).put("sha256", sha256(weights)).put("bytes", weights.length);
            }
        }
        return this;
    }

    WagonJar schema(String schema) {
        descriptor.put("schema", schema);
        return this;
    }

    WagonJar templateOutside() {
        descriptor.put("template", "../template.glb");
        return this;
    }

    WagonJar entryOutside() {
        jar.add("../../evil.txt", new byte[1]);
        return this;
    }

    WagonJar zipBomb() {
        jar.addZeros("zeros.bin", 300L << 20);
        return this;
    }

    Path write(Path target) {
        changed.put(DESCRIPTOR, descriptor.toString().getBytes(StandardCharsets.UTF_8));
        changed.forEach((file, bytes) -> jar.change(file, old -> bytes));
        return jar.write(target);
    }

    private static ObjectNode parse(byte[] json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A binary glTF file with a JSON and a binary chunk. */
    private record Glb(ObjectNode json, ByteBuffer bin) {

        private static final int HEADER = 12;
        private static final int CHUNK_HEADER = 8;
        private static final int MAGIC = 0x46546C67;
        private static final int JSON = 0x4E4F534A;
        private static final int BIN = 0x004E4942;

        static Glb parse(byte[] bytes) {
            ByteBuffer glb = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int length = glb.getInt(HEADER);
            int json = HEADER + CHUNK_HEADER;
            int bin = json + length + CHUNK_HEADER;
            byte[] data = Arrays.copyOfRange(bytes, bin, bin + glb.getInt(json + length));
            return new Glb(
                    WagonJar.parse(Arrays.copyOfRange(bytes, json, json + length)),
                    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN));
        }

        /** Puts all of it under a new root. */
        void scale(double factor) {
            ArrayNode nodes = (ArrayNode) json.get("nodes");
            ObjectNode scene = (ObjectNode) json.at("/scenes/0");
            ObjectNode root = nodes.addObject().put("name", "scaled");
            root.set("children", scene.get("nodes"));
            root.putArray("scale").add(factor).add(factor).add(factor);
            scene.putArray("nodes").add(nodes.size() - 1);
        }

        /** Where the first coordinate of the first mesh is. */
        int firstPosition() {
            int accessor = json.at("/meshes/0/primitives/0/attributes/POSITION").intValue();
            JsonNode position = json.get("accessors").get(accessor);
            JsonNode view = json.get("bufferViews").get(position.get("bufferView").intValue());
            return view.path("byteOffset").asInt() + position.path("byteOffset").asInt();
        }

        byte[] bytes() {
            byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
            byte[] padded = Arrays.copyOf(text, (text.length + 3) / 4 * 4);
            Arrays.fill(padded, text.length, padded.length, (byte) ' ');
            int size = HEADER + 2 * CHUNK_HEADER + padded.length + bin.capacity();
            return ByteBuffer.allocate(size)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(MAGIC)
                    .putInt(2)
                    .putInt(size)
                    .putInt(padded.length)
                    .putInt(JSON)
                    .put(padded)
                    .putInt(bin.capacity())
                    .putInt(BIN)
                    .put(bin.array())
                    .array();
        }
    }
}
