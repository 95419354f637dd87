/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar file, open only while something is read from it. */
public final class JarContainer implements CategoryContainer {

    private final Path jar;

    public JarContainer(Path jar) {
        this.jar = jar;
    }

    @Override
    public Stream<Entry> entries() throws IOException {
        ZipFile zip = new ZipFile(jar.toFile());
        return zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(entry -> new Entry(entry.getName(), entry.getSize()))
                .onClose(() -> close(zip));
    }

    private static void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        ZipFile zip = new ZipFile(jar.toFile());
        ZipEntry entry = zip.getEntry(name);
        if (entry == null || entry.isDirectory()) {
            zip.close();
            throw new NoSuchFileException(name);
        }
        return new FilterInputStream(zip.getInputStream(entry)) {
            @Override
            public void close() throws IOException {
                // Closes the streams of its entries, too.
                zip.close();
            }
        };
    }
}
