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
import org.inverso.api.InversoException;

/** A file that a command writes: it appears when it is complete. */
final class OutputFile {

    private OutputFile() {}

    /**
     * @throws InversoException when it cannot be written
     */
    static void write(Path file, byte[] bytes) {
        Path unfinished = Path.of(file + ".part");
        try {
            Files.createDirectories(file.getParent());
            try {
                Files.write(unfinished, bytes);
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new InversoException("cannot write to " + file + ": " + e, e);
        }
    }
}
