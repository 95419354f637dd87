/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.inverso.category.CategorySource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of categories whose bundles stopped, by bundle id. A stop may be the beginning of an
 * update, and after it the old data is gone from the bundle; if the new data is bad, it is needed.
 */
final class PreviousCategories {

    private static final Logger LOG = LoggerFactory.getLogger(PreviousCategories.class);

    private final Path folder;

    PreviousCategories(Path folder) {
        this.folder = folder;
        deleteTree(folder);
    }

    /** Copies; when that fails, there is no previous category and the log says why. */
    void keep(long bundleId, LoadedCategory category, CategorySource source) {
        discard(bundleId);
        Path target = folder(bundleId);
        try {
            copy(CategorySource.DESCRIPTOR, source, target);
            for (String path : category.paths()) {
                copy(path, source, target);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.warn("{} cannot be kept while its bundle is stopped: {}", category, e.getMessage());
            discard(bundleId);
        }
    }

    private static void copy(String path, CategorySource source, Path target) throws IOException {
        Path file = target.resolve(path);
        Files.createDirectories(file.getParent());
        try (InputStream in = source.open(path)) {
            Files.copy(in, file);
        }
    }

    Optional<CategorySource> of(long bundleId) {
        return Files.isDirectory(folder(bundleId))
                ? Optional.of(CategorySource.folder(folder(bundleId)))
                : Optional.empty();
    }

    void discard(long bundleId) {
        deleteTree(folder(bundleId));
    }

    private Path folder(long bundleId) {
        return folder.resolve(Long.toString(bundleId));
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be deleted: {}", root, e.getMessage());
        }
    }
}
