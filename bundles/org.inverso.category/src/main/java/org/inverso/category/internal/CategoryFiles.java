/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.inverso.api.CategoryException;
import org.inverso.category.CategorySource;

/** Reads a category's files, none larger than it may be. */
public final class CategoryFiles {

    private final CategorySource source;

    public CategoryFiles(CategorySource source) {
        this.source = source;
    }

    /**
     * @param limit largest size, bytes
     * @throws CategoryException when the file is missing, too large or cannot be read
     */
    public byte[] read(String path, int limit) {
        try (InputStream in = source.open(path)) {
            byte[] bytes = in.readNBytes(limit);
            if (bytes.length == limit && in.read() >= 0) {
                throw new CategoryException(path + " has more than " + limit + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new CategoryException(path + " is missing", e);
        } catch (IOException e) {
            throw new CategoryException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Lower-case hex. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** SHA-256. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
