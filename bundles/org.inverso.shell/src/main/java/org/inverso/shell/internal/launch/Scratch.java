/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

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
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // A log that is still being written to, for example.
            return;
        }
    }
}
