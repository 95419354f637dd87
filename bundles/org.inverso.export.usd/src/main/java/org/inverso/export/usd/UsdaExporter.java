/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.export.usd.internal.TextureFiles;
import org.inverso.export.usd.internal.UsdLayer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes an OpenUSD layer as text, with its textures beside it. See {@link UsdLayer}. */
@Component(
        service = Exporter.class,
        property = {Stage.ID_PROPERTY + "=" + UsdaExporter.ID, "inverso.format=usda"})
public final class UsdaExporter implements Exporter {

    /** This stage's id. */
    public static final String ID = "usda";

    private final Imaging imaging;

    /**
     * @param imaging writes the textures
     */
    @Activate
    public UsdaExporter(@Reference Imaging imaging) {
        this.imaging = imaging;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String format() {
        return "usda";
    }

    /** The layer alone, as one of the files named like the asset. */
    @Override
    public byte[] export(Asset asset) {
        return export(asset, asset.name()).get(format());
    }

    @Override
    public Map<String, byte[]> export(Asset asset, String name) {
        TextureFiles textures = new TextureFiles(asset, "./" + name + ".");
        UsdLayer layer = new UsdLayer(asset, textures, name + ".usda");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(format(), layer.bytes());
        files.putAll(textures.write(imaging));
        return files;
    }
}
