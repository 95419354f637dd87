/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.viewer;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.inverso.api.Exporter;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.export.viewer.internal.ViewerPage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes a page that shows the asset in any browser and needs nothing but itself: three.js and the
 * asset as GLB are in it. Beside it, it shows the picture that a reconstruction writes, if it is
 * there.
 */
@Component(
        service = Exporter.class,
        property = {Stage.ID_PROPERTY + "=" + ViewerExporter.ID, "inverso.format=html"})
public final class ViewerExporter implements Exporter {

    /** This stage's id. */
    public static final String ID = "viewer";

    private final Exporter glb;

    /**
     * @param glb writes what the page shows
     */
    @Activate
    public ViewerExporter(@Reference(target = "(inverso.format=glb)") Exporter glb) {
        this.glb = glb;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String format() {
        return "html";
    }

    @Override
    public byte[] export(Asset asset) {
        return export(asset, asset.name()).get(format());
    }

    @Override
    public Map<String, byte[]> export(Asset asset, String name) {
        String page = new ViewerPage(name, glb.export(asset)).text();
        return Map.of(format(), page.getBytes(StandardCharsets.UTF_8));
    }
}
