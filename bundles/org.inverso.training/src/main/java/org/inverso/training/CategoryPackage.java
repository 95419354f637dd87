/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Puts trained weights into a category's folder and their hashes into its {@code category.json}.
 */
public final class CategoryPackage {

    private CategoryPackage() {}

    /**
     * @param category folder with {@code category.json}
     * @param weights folder with {@code NAME.safetensors} for each name
     * @throws UncheckedIOException when a file is missing or cannot be written
     */
    public static void add(Path category, Path weights, List<String> names) {
        try {
            ObjectMapper json = new ObjectMapper();
            Path file = category.resolve("category.json");
            ObjectNode document = (ObjectNode) json.readTree(file.toFile());
            Files.createDirectories(category.resolve("weights"));
            ArrayNode list = document.putArray("weights");
            for (String name : names) {
                byte[] bytes = Files.readAllBytes(weights.resolve(name + ".safetensors"));
                String path = "weights/" + name + ".safetensors";
                Files.write(category.resolve(path), bytes);
                list.addObject()
                        .put("name", name)
                        .put("file", path)
                        .put("sha256", sha256(bytes))
                        .put("bytes", bytes.length);
            }
            Files.writeString(
                    file,
                    json.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot package " + category + ": " + e.getMessage(), e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
