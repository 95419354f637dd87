/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Puts trained weights into a category's folder and their hashes into its {@code category.json}.
 */
public final class CategoryPackage {

    private CategoryPackage() {}

    /**
     * Puts weights in or replaces those of the same names; others stay if their file is there.
     *
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
            List<JsonNode> others = others(document, category, names);
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
            list.addAll(others);
            Files.writeString(
                    file,
                    json.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot package " + category + ": " + e.getMessage(), e);
        }
    }

    /** Entries of other names whose file is there. */
    private static List<JsonNode> others(ObjectNode document, Path category, List<String> names) {
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode entry : document.path("weights")) {
            boolean there = Files.exists(category.resolve(entry.path("file").asText()));
            if (there && !names.contains(entry.path("name").asText())) {
                others.add(entry);
            }
        }
        return others;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
