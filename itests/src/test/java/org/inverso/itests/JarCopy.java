/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;

/** A jar like another one, except for what a test changes. */
final class JarCopy {

    private final Path original;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, UnaryOperator<byte[]>> changes = new LinkedHashMap<>();
    private final Map<String, byte[]> additions = new LinkedHashMap<>();
    private final Map<String, Long> zeros = new LinkedHashMap<>();

    JarCopy(Path original) {
        this.original = original;
    }

    JarCopy header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /**
     * @param change gives the new content, or null to leave the file out
     */
    JarCopy change(String file, UnaryOperator<byte[]> change) {
        changes.put(file, change);
        return this;
    }

    JarCopy add(String file, byte[] content) {
        additions.put(file, content);
        return this;
    }

    /** Adds a file that is small in the jar and large outside. */
    JarCopy addZeros(String file, long bytes) {
        zeros.put(file, bytes);
        return this;
    }

    /** Content of a file of the original. */
    byte[] original(String file) {
        try (JarFile from = new JarFile(original.toFile());
                InputStream in = from.getInputStream(from.getJarEntry(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces the target in one step, so that nobody sees half a jar or none. The unfinished jar
     * is on the same file system, but in another folder.
     */
    Path write(Path target) {
        try {
            Path folder = target.toAbsolutePath().getParent().getParent();
            Path unfinished = Files.createTempFile(folder, "copy", ".part");
            try (JarFile from = new JarFile(original.toFile());
                    OutputStream out = Files.newOutputStream(unfinished)) {
                Manifest manifest = new Manifest(from.getManifest());
                headers.forEach(manifest.getMainAttributes()::putValue);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                jar.setLevel(Deflater.BEST_SPEED);
                for (JarEntry entry : Collections.list(from.entries())) {
                    copy(from, entry, jar);
                }
                for (Map.Entry<String, byte[]> addition : additions.entrySet()) {
                    put(jar, addition.getKey(), addition.getValue());
                }
                for (Map.Entry<String, Long> zero : zeros.entrySet()) {
                    putZeros(jar, zero.getKey(), zero.getValue());
                }
                jar.finish();
            }
            return Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(JarFile from, JarEntry entry, JarOutputStream jar) throws IOException {
        if (entry.isDirectory() || entry.getName().equals(JarFile.MANIFEST_NAME)) {
            return;
        }
        try (InputStream in = from.getInputStream(entry)) {
            byte[] content = in.readAllBytes();
            UnaryOperator<byte[]> change = changes.get(entry.getName());
            byte[] changed = change == null ? content : change.apply(content);
            if (changed != null) {
                put(jar, entry.getName(), changed);
            }
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static void putZeros(JarOutputStream jar, String name, long bytes) throws IOException {
        byte[] block = new byte[1 << 20];
        jar.putNextEntry(new JarEntry(name));
        for (long left = bytes; left > 0; left -= block.length) {
            jar.write(block, 0, (int) Math.min(left, block.length));
        }
        jar.closeEntry();
    }
}
