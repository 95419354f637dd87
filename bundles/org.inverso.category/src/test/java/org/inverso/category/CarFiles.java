/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

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
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
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
