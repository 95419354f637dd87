/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh;

import org.inverso.api.Exporter;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.export.mesh.internal.StlDocument;
import org.osgi.service.component.annotations.Component;

/** Writes binary STL: the triangles of all parts. Metres, +Y up; STL itself knows no units. */
@Component(
        service = Exporter.class,
        property = {Stage.ID_PROPERTY + "=" + StlExporter.ID, "inverso.format=stl"})
public final class StlExporter implements Exporter {

    /** This stage's id. */
    public static final String ID = "stl";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String format() {
        return "stl";
    }

    @Override
    public byte[] export(Asset asset) {
        return new StlDocument(asset).bytes();
    }
}
