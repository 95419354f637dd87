/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.inverso.category.internal.CategoryFiles;

/** The car's files with small weights instead of the trained ones, for a test to spoil. */
public final class CarFiles {

    /** The data as it is in the repository. */
    public static final Path FOLDER = Path.of("../org.inverso.category.car/src/main/resources");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public final ObjectNode json;
    public final Map<String, byte[]> files = new TreeMap<>();

    private CarFiles(ObjectNode json) {
        this.json = json;
    }

    public static CarFiles create() {
        try {
            CarFiles car =
                    new CarFiles(
                            (ObjectNode)
                                    MAPPER.readTree(
                                            Files.readAllBytes(FOLDER.resolve("category.json"))));
            car.json.remove("modelCard");
            car.json.putArray("weights");
            car.files.put("template.glb", Files.readAllBytes(FOLDER.resolve("template.glb")));
            car.addWeights(
                    "encoder",
                    safetensors(
                            "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8));
            return car;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] safetensors(String header, int data) {
        return safetensors(header, new byte[data]);
    }

    public static byte[] safetensors(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }

    /** One tensor of some length, which may not be that of its numbers. */
    public static byte[] tensor(String name, int length, float... numbers) {
        ByteBuffer data = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(numbers);
        return safetensors(
                "{\"%s\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
                        .formatted(name, length, data.capacity()),
                data.array());
    }

    /** Makes a coordinate of the template's first mesh not a number. */
    public void spoilVertex() {
        ByteBuffer glb =
                ByteBuffer.wrap(files.get("template.glb").clone()).order(ByteOrder.LITTLE_ENDIAN);
        int json = glb.getInt(12);
        try {
            JsonNode gltf = MAPPER.readTree(glb.array(), 20, json);
            JsonNode position =
                    gltf.at("/accessors")
                            .get(gltf.at("/meshes/0/primitives/0/attributes/POSITION").intValue());
            int view = position.get("bufferView").intValue();
            int offset =
                    gltf.at("/bufferViews").get(view).path("byteOffset").asInt()
                            + position.path("byteOffset").asInt();
            glb.putFloat(20 + json + 8 + offset, Float.NaN);
            files.put("template.glb", glb.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public CarFiles addWeights(String name, byte[] bytes) {
        String file = "weights/" + name + ".safetensors";
        files.put(file, bytes);
        json.withArray("weights")
                .addObject()
                .put("name", name)
                .put("file", file)
                .put("sha256", CategoryFiles.sha256(bytes))
                .put("bytes", bytes.length);
        return this;
    }

    public CarFiles version(String version) {
        json.put("version", version);
        return this;
    }

    /** All files with the descriptor. */
    public Map<String, byte[]> all() {
        Map<String, byte[]> all = new TreeMap<>(files);
        all.put("category.json", json.toString().getBytes(StandardCharsets.UTF_8));
        return all;
    }

    public Path write(Path folder) {
        all().forEach(
                        (path, bytes) -> {
                            try {
                                Files.createDirectories(folder.resolve(path).getParent());
                                Files.write(folder.resolve(path), bytes);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        return folder;
    }
}
