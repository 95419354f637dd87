/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;

/** A category bundle made by a test, with its data in the folder {@code data}. */
public final class CategoryJar {

    private final Map<String, byte[]> more = new TreeMap<>();
    private final Manifest manifest = new Manifest();
    private final CarFiles files;
    private long zeros;

    /** A bundle that says in its manifest what its data says. */
    public CategoryJar(CarFiles files) {
        this.files = files;
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        // Names differ, so that several versions can be installed side by side.
        attributes.putValue(
                "Bundle-SymbolicName",
                "car" + files.json.get("version").asText().replace('.', '_'));
        capability(files.json.get("id").asText());
    }

    public CategoryJar capability(String id) {
        return header(
                "Provide-Capability",
                "inverso.category;inverso.category=" + id + ";descriptor=\"data/category.json\"");
    }

    /**
     * @param value null to take it away
     */
    public CategoryJar header(String name, String value) {
        if (value == null) {
            manifest.getMainAttributes().remove(new Attributes.Name(name));
        } else {
            manifest.getMainAttributes().putValue(name, value);
        }
        return this;
    }

    public CategoryJar with(String name, byte[] bytes) {
        more.put(name, bytes);
        return this;
    }

    /** With a file that is small in the jar and large outside. */
    public CategoryJar withZeros(long count) {
        zeros = count;
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, byte[]> file : files.all().entrySet()) {
                add(jar, "data/" + file.getKey(), file.getValue());
            }
            for (Map.Entry<String, byte[]> file : more.entrySet()) {
                add(jar, file.getKey(), file.getValue());
            }
            if (zeros > 0) {
                jar.putNextEntry(new JarEntry("zeros.bin"));
                byte[] block = new byte[1 << 20];
                for (long left = zeros; left > 0; left -= block.length) {
                    jar.write(block, 0, (int) Math.min(left, block.length));
                }
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }
}
