/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.inverso.category.CategorySource;

/**
 * What a category comes in: a jar, a bundle or a folder. Names and sizes are as they stand in it;
 * {@link ContainerCheck} judges them.
 */
public interface CategoryContainer {

    /**
     * A file in the container.
     *
     * @param name from the container's root, with slashes
     * @param bytes its size when unpacked, as the container states it
     */
    record Entry(String name, long bytes) {}

    /** All files, without the folders; to be closed after use. */
    Stream<Entry> entries() throws IOException;

    /**
     * @throws NoSuchFileException when there is no such file
     */
    InputStream open(String name) throws IOException;

    /** The files beside a descriptor. */
    default CategorySource source(String descriptor) {
        String folder = descriptor.substring(0, descriptor.lastIndexOf('/') + 1);
        return path -> open(path.equals(CategorySource.DESCRIPTOR) ? descriptor : folder + path);
    }
}
