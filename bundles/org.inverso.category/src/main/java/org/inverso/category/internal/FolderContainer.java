/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.inverso.category.CategorySource;

/** A folder with all that is in it. */
public final class FolderContainer implements CategoryContainer {

    private final Path folder;

    public FolderContainer(Path folder) {
        this.folder = folder;
    }

    @Override
    public Stream<Entry> entries() throws IOException {
        return Files.walk(folder).filter(Files::isRegularFile).map(this::entry);
    }

    private Entry entry(Path file) {
        String separator = folder.getFileSystem().getSeparator();
        String name = folder.relativize(file).toString().replace(separator, "/");
        return new Entry(name, file.toFile().length());
    }

    @Override
    public InputStream open(String name) throws IOException {
        return CategorySource.folder(folder).open(name);
    }
}
