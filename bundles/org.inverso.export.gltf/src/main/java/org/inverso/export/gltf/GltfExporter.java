/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf;

import java.util.Map;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.export.gltf.internal.GltfDocument;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes glTF 2.0 as text, with its buffer and its textures in files beside it. */
@Component(
        service = Exporter.class,
        property = {Stage.ID_PROPERTY + "=" + GltfExporter.ID, "inverso.format=gltf"})
public final class GltfExporter implements Exporter {

    /** This stage's id. */
    public static final String ID = "gltf-files";

    private final Imaging imaging;

    /**
     * @param imaging writes the textures
     */
    @Activate
    public GltfExporter(@Reference Imaging imaging) {
        this.imaging = imaging;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String format() {
        return "gltf";
    }

    /** The text alone, as one of the files named like the asset. */
    @Override
    public byte[] export(Asset asset) {
        return export(asset, asset.name()).get(format());
    }

    /**
     * @throws IllegalArgumentException when the asset contradicts itself, as for GLB
     */
    @Override
    public Map<String, byte[]> export(Asset asset, String name) {
        return GltfDocument.files(asset, imaging, name);
    }
}
