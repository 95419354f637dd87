/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.viewer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The viewer's page. Modules of three.js stand in an import map as data, so that the page opens
 * from a disk as well as from a server, without any other file.
 */
public final class ViewerPage {

    /** The name that modules import it by, and the file. */
    private static final List<Map.Entry<String, String>> MODULES =
            List.of(
                    Map.entry("three-core", "three.core.min.js"),
                    Map.entry("three", "three.module.min.js"),
                    Map.entry("geometry-utils", "BufferGeometryUtils.js"),
                    Map.entry("gltf-loader", "GLTFLoader.js"),
                    Map.entry("orbit-controls", "OrbitControls.js"),
                    Map.entry("room-environment", "RoomEnvironment.js"));

    private final String name;
    private final byte[] glb;

    /**
     * @param name of the asset's files, without extension
     */
    public ViewerPage(String name, byte[] glb) {
        this.name = name;
        this.glb = glb;
    }

    /** The page. */
    public String text() {
        String title = name.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        return read("viewer.html")
                .replace("@TITLE@", title)
                .replace("@IMPORTS@", imports())
                .replace("@SCRIPT@", read("viewer.js"))
                .replace("@ASSET@", Base64.getEncoder().encodeToString(glb));
    }

    private static String imports() {
        StringJoiner imports = new StringJoiner(",\n", "{\"imports\": {\n", "\n}}");
        MODULES.forEach(
                module ->
                        imports.add(
                                "\""
                                        + module.getKey()
                                        + "\": \"data:text/javascript;base64,"
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        byName(read("three/" + module.getValue()))
                                                                .getBytes(StandardCharsets.UTF_8))
                                        + "\""));
        return imports.toString();
    }

    /** Data has no folder that a path could start from. */
    private static String byName(String module) {
        return module.replace("./three.core.min.js", "three-core")
                .replace("../utils/BufferGeometryUtils.js", "geometry-utils");
    }

    private static String read(String resource) {
        try (InputStream in = ViewerPage.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the bundle lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
