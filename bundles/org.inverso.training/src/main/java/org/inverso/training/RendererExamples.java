/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Examples in one file, one after the other; held in memory as they are in the file. */
final class RendererExamples {

    private final Path file;
    private final RendererExample.Sizes sizes;
    private final List<byte[]> examples = new ArrayList<>();

    /**
     * Those that are in the file; an example that was not written to its end does not count.
     *
     * @param file need not be there yet
     */
    RendererExamples(Path file, RendererExample.Sizes sizes) {
        this.file = file;
        this.sizes = sizes;
        try {
            if (Files.exists(file)) {
                ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
                while (all.remaining() >= sizes.bytes()) {
                    byte[] example = new byte[sizes.bytes()];
                    all.get(example);
                    examples.add(example);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    int size() {
        return examples.size();
    }

    RendererExample get(int index) {
        return RendererExample.read(ByteBuffer.wrap(examples.get(index)), sizes);
    }

    /** Writes them behind the others. */
    void add(List<RendererExample> more) {
        ByteBuffer bytes = ByteBuffer.allocate(more.size() * sizes.bytes());
        for (RendererExample example : more) {
            int start = bytes.position();
            example.write(bytes);
            byte[] one = new byte[sizes.bytes()];
            System.arraycopy(bytes.array(), start, one, 0, one.length);
            examples.add(one);
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            long whole = (long) (examples.size() - more.size()) * sizes.bytes();
            try (var channel =
                    Files.newByteChannel(
                            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.position(whole).write(bytes.flip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
