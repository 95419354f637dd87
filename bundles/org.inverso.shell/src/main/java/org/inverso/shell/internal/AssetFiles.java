/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.Session;
import org.inverso.api.InversoException;

/** Files of assets that commands name. */
final class AssetFiles {

    private static final int LONGEST_START = 12;

    /** JPEG, PNG, GIF, WebP, TIFF, BMP. */
    private static final Pattern PICTURE_STARTS =
            Pattern.compile(
                    "\\u00ff\\u00d8\\u00ff|\\u0089PNG|GIF8|RIFF....WEBP|II\\*\\x00|MM\\x00\\*|BM",
                    Pattern.DOTALL);

    private final Session session;

    AssetFiles(Session session) {
        this.session = session;
    }

    Path resolve(String path) {
        return session.currentDir().resolve(path).toAbsolutePath().normalize();
    }

    /**
     * @throws InversoException when it cannot be read
     */
    byte[] read(String name) {
        try {
            return Files.readAllBytes(resolve(name));
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new InversoException(name + ": there is no such file", e);
        } catch (IOException e) {
            throw new InversoException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether bytes begin like a picture file; what is in it, the stages tell. */
    static boolean isPicture(byte[] bytes) {
        int length = Math.min(bytes.length, LONGEST_START);
        String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        return PICTURE_STARTS.matcher(start).lookingAt();
    }

    /** Name of a file without its folder and extension. */
    static String baseName(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Writes files beside one another, each whole or not at all.
     *
     * @param base path without extension
     * @param files bytes by extension
     * @throws InversoException when one cannot be written
     */
    void write(Path base, Map<String, byte[]> files) {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = Path.of(base + "." + file.getKey());
            Path unfinished = Path.of(target + ".part");
            try {
                Files.createDirectories(target.getParent());
                try {
                    Files.write(unfinished, file.getValue());
                    Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(unfinished);
                }
            } catch (IOException e) {
                throw new InversoException(
                        "cannot write " + target + ": " + e + "; give another folder with -o", e);
            }
        }
    }
}
