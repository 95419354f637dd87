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
import java.util.Map;
import org.inverso.api.CategoryException;
import org.inverso.category.internal.CategoryDescriptor.WeightFile;

/**
 * Checks that weights are the bytes they should be, and a safetensors file, before a network's
 * native code reads them.
 */
public final class WeightCheck {

    private static final int MAX_HEADER = 1 << 24;

    private WeightCheck() {}

    /**
     * @throws CategoryException when size or hash are not those declared, the header is damaged, or
     *     a tensor lies outside the file
     */
    public static void check(WeightFile declared, byte[] file) {
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
        long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > MAX_HEADER || length > file.length - 8L) {
            throw damaged(name, "its header's length is wrong");
        }
        JsonNode header;
        try {
            header = new ObjectMapper().readTree(file, 8, (int) length);
        } catch (IOException e) {
            throw new CategoryException("weights " + name + ": the header is no JSON", e);
        }
        long data = file.length - 8L - length;
        for (Map.Entry<String, JsonNode> tensor : header.properties()) {
            if (tensor.getKey().equals("__metadata__")) {
                continue;
            }
            JsonNode offsets = tensor.getValue().path("data_offsets");
            long begin = offsets.path(0).asLong(-1);
            long end = offsets.path(1).asLong(-1);
            if (begin < 0 || end < begin || end > data) {
                throw damaged(name, "a tensor lies outside the file");
            }
        }
    }

    private static CategoryException damaged(String name, String why) {
        return new CategoryException("weights " + name + " are not safetensors: " + why);
    }
}
