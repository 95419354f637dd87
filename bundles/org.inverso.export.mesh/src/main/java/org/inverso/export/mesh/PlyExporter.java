/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh;

import org.inverso.api.Exporter;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.export.mesh.internal.PlyDocument;
import org.osgi.service.component.annotations.Component;

/**
 * Writes binary little-endian PLY: one mesh with normals, texture coordinates, and the texture's
 * colour at each vertex. Metres, +Y up.
 */
@Component(
        service = Exporter.class,
        property = {Stage.ID_PROPERTY + "=" + PlyExporter.ID, "inverso.format=ply"})
public final class PlyExporter implements Exporter {

    /** This stage's id. */
    public static final String ID = "ply";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String format() {
        return "ply";
    }

    @Override
    public byte[] export(Asset asset) {
        return new PlyDocument(asset).bytes();
    }
}
