/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inverso.api.asset.Asset;

/** The files that a glTF file refers to, all of one name. */
final class FilesBeside implements ImagePlace {

    private final String name;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    FilesBeside(String name) {
        this.name = name;
    }

    /** Adds a file, and gives the reference to it. */
    String add(String extension, byte[] bytes) {
        files.put(extension, bytes);
        try {
            return new URI(null, null, "./" + name + "." + extension, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no file can be named " + name, e);
        }
    }

    @Override
    public void put(Asset.Texture texture, byte[] bytes, ObjectNode image) {
        String plain = texture.name().replaceAll("[^A-Za-z0-9_-]", "_");
        String extension = plain + "." + texture.extension();
        for (int i = 2; files.containsKey(extension); i++) {
            extension = plain + "_" + i + "." + texture.extension();
        }
        image.put("uri", add(extension, bytes));
    }

    /** By extension. */
    Map<String, byte[]> files() {
        return files;
    }
}
