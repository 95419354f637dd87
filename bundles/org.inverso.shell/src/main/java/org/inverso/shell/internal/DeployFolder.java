/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.osgi.framework.BundleContext;

/** The folder {@code deploy/} of this distribution, from which bundles are installed at once. */
final class DeployFolder {

    private final Path folder;

    DeployFolder(Path folder) {
        this.folder = folder;
    }

    static DeployFolder of(BundleContext context) {
        String base = context.getProperty("karaf.base");
        if (base == null) {
            throw new InversoException("this container has no folder deploy");
        }
        return new DeployFolder(Path.of(base, "deploy"));
    }

    /** One file a category, so that a new version takes the place of the old one. */
    static String fileName(String category) {
        return "org.inverso.category." + category + ".jar";
    }

    /** Copies; a watcher of the folder sees nothing or the whole file. */
    Path put(Path jar, String name) {
        Path target = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            // Outside of the folder, whose watcher takes every file for one to install.
            Path beside = Files.createTempFile(folder.getParent(), "deploy", ".part");
            try {
                Files.copy(jar, beside, StandardCopyOption.REPLACE_EXISTING);
                Files.move(
                        beside,
                        target,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
            return target;
        } catch (IOException e) {
            throw new InversoException("cannot write to " + target + ": " + e.getMessage(), e);
        }
    }

    /** The first of these files that is there. */
    Optional<Path> find(List<String> names) {
        return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new InversoException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
