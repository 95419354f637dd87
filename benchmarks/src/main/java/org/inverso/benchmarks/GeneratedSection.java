/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document between two comments, which a command keeps up to date. */
final class GeneratedSection {
    private final Path file;
    private final String begin;
    private final String end;

    GeneratedSection(Path file, String name) {
        this.file = file;
        begin = "<!-- " + name + ": begin -->";
        end = "<!-- " + name + ": end -->";
    }

    /** Puts text in the place of what is there. */
    void write(String text) throws IOException {
        String document = Files.readString(file);
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(file + " has no section from " + begin + " to " + end);
        }
        Files.writeString(
                file,
                document.substring(0, from + begin.length())
                        + "\n"
                        + text
                        + document.substring(to));
    }
}
