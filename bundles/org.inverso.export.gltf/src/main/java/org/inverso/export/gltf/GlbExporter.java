/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf;

import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.export.gltf.internal.GltfDocument;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes one self-contained GLB file (glTF 2.0): node tree, triangles, skins, metallic-roughness
 * materials, embedded textures, animations. Clear coat, emission above 1, other looks, what lamps
 * cast, and provenance use their Khronos extensions, none of which a viewer has to know.
 *
 * <p>What nothing refers to is left out, and the same asset gives the same bytes.
 */
@Component(
        service = Exporter.class,
        property = {Stage.ID_PROPERTY + "=" + GlbExporter.ID, "inverso.format=glb"})
public final class GlbExporter implements Exporter {

    /** This stage's id. */
    public static final String ID = "gltf";

    private final Imaging imaging;

    /**
     * @param imaging writes the textures
     */
    @Activate
    public GlbExporter(@Reference Imaging imaging) {
        this.imaging = imaging;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String format() {
        return "glb";
    }

    /**
     * @throws IllegalArgumentException when the asset contradicts itself: indices out of range,
     *     numbers that are not finite, normals or rotations without a direction
     */
    @Override
    public byte[] export(Asset asset) {
        return GltfDocument.binary(asset, imaging);
    }
}
