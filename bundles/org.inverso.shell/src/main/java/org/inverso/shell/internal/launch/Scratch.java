/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The data folder of a container that lives for one command only.
 *
 * @param folder null when there is none to throw away
 */
record Scratch(Path folder) {

    /** The folder that the launcher made for this process. */
    static Scratch ofThisProcess() {
        String folder = System.getProperty("inverso.scratch");
        return new Scratch(folder == null ? null : Path.of(folder));
    }

    /** Deletes what can be deleted; the system's cleaning of temporary files takes the rest. */
    void delete() {
        if (folder == null) {
            return;
        }
        // The container still runs and may add a file meanwhile.
        for (int attempt = 0; attempt < 3 && Files.exists(folder); attempt++) {
            try {
                Files.walkFileTree(folder, new Deletion());
            } catch (IOException e) {
                // Left to the system's cleaning of temporary files.
                continue;
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException e)
                throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
