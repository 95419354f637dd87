/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.inverso.api.CategoryException;

/**
 * The two chunks of a binary glTF file (glTF 2.0, section 4.4).
 *
 * @param json the scene description
 * @param binary the buffer, little-endian, position 0; empty when the file has none
 */
public record GlbFile(JsonNode json, ByteBuffer binary) {

    private static final int MAGIC = 0x46546c67;
    private static final int CHUNK_JSON = 0x4e4f534a;
    private static final int CHUNK_BIN = 0x004e4942;
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    /**
     * A category's template.
     *
     * @throws CategoryException when the bytes are no GLB file
     */
    public static GlbFile parse(byte[] bytes) {
        return parse("template", bytes);
    }

    /**
     * @param what the bytes are, for messages
     * @throws CategoryException when the bytes are no GLB file
     */
    public static GlbFile parse(String what, byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER + CHUNK_HEADER || file.getInt(0) != MAGIC) {
            throw new CategoryException(what + " is not a GLB file");
        }
        if (file.getInt(4) != 2) {
            throw new CategoryException(what + " is glTF " + file.getInt(4) + ", not glTF 2");
        }
        long length = Integer.toUnsignedLong(file.getInt(8));
        if (length > bytes.length) {
            throw new CategoryException(
                    what + " is cut off: " + bytes.length + " of " + length + " bytes");
        }
        JsonNode json = null;
        ByteBuffer binary = ByteBuffer.allocate(0);
        long at = HEADER;
        while (at + CHUNK_HEADER <= length) {
            long size = Integer.toUnsignedLong(file.getInt((int) at));
            int type = file.getInt((int) at + 4);
            at += CHUNK_HEADER;
            if (at + size > length) {
                throw new CategoryException(what + " has a chunk that reaches beyond its end");
            }
            if (json == null) {
                if (type != CHUNK_JSON) {
                    throw new CategoryException(what + " does not start with its JSON chunk");
                }
                json = parseJson(what, bytes, (int) at, (int) size);
            } else if (type == CHUNK_BIN && binary.capacity() == 0) {
                binary = file.slice((int) at, (int) size);
            }
            at += size;
        }
        if (json == null || !json.isObject()) {
            throw new CategoryException(what + " has no JSON object");
        }
        return new GlbFile(json, binary.order(ByteOrder.LITTLE_ENDIAN));
    }

    private static JsonNode parseJson(String what, byte[] bytes, int offset, int length) {
        ObjectMapper mapper =
                new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
        try {
            return mapper.readTree(bytes, offset, length);
        } catch (JsonProcessingException e) {
            throw new CategoryException(
                    what
                            + "'s JSON is damaged: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw new CategoryException(what + "'s JSON cannot be read", e);
        }
    }
}
