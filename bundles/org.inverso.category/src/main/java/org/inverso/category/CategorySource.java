/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the files of a category are. */
@FunctionalInterface
public interface CategorySource {

    /** Name of the file that describes the category. */
    String DESCRIPTOR = "category.json";

    /**
     * @param path relative to the descriptor's folder, with slashes, without {@code ..}
     * @throws NoSuchFileException when there is no such file
     */
    InputStream open(String path) throws IOException;

    /** The files of a folder. */
    static CategorySource folder(Path folder) {
        return path -> {
            Path file = folder.resolve(path);
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(path);
            }
            return Files.newInputStream(file);
        };
    }
}
