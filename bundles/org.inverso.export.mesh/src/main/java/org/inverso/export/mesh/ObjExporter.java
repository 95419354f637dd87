/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.export.mesh.internal.MtlDocument;
import org.inverso.export.mesh.internal.ObjDocument;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes Wavefront OBJ with an MTL library and textures beside it: one object a part, corners that
 * are one point share it, faces grouped by material. Metres, +Y up.
 */
@Component(
        service = Exporter.class,
        property = {Stage.ID_PROPERTY + "=" + ObjExporter.ID, "inverso.format=obj"})
public final class ObjExporter implements Exporter {

    /** This stage's id. */
    public static final String ID = "obj";

    private final Imaging imaging;

    /**
     * @param imaging writes the textures
     */
    @Activate
    public ObjExporter(@Reference Imaging imaging) {
        this.imaging = imaging;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String format() {
        return "obj";
    }

    /** The OBJ alone, as one of the files named like the asset. */
    @Override
    public byte[] export(Asset asset) {
        return export(asset, asset.name()).get(format());
    }

    @Override
    public Map<String, byte[]> export(Asset asset, String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(format(), bytes(new ObjDocument(asset).text(name + ".mtl")));
        MtlDocument library = new MtlDocument(asset, name);
        files.put("mtl", bytes(library.text()));
        library.textures()
                .forEach((extension, texture) -> files.put(extension, imaging.encode(texture)));
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
