/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd;

import java.util.Map;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.export.usd.internal.TextureFiles;
import org.inverso.export.usd.internal.UsdLayer;
import org.inverso.export.usd.internal.UsdzPackage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes an OpenUSD layer and its textures as one package. See {@link UsdLayer}. */
@Component(
        service = Exporter.class,
        property = {Stage.ID_PROPERTY + "=" + UsdzExporter.ID, "inverso.format=usdz"})
public final class UsdzExporter implements Exporter {

    /** This stage's id. */
    public static final String ID = "usdz";

    private static final String TEXTURES = "textures/";

    private final Imaging imaging;

    /**
     * @param imaging writes the textures
     */
    @Activate
    public UsdzExporter(@Reference Imaging imaging) {
        this.imaging = imaging;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String format() {
        return "usdz";
    }

    @Override
    public byte[] export(Asset asset) {
        return bytes(asset, asset.name());
    }

    @Override
    public Map<String, byte[]> export(Asset asset, String name) {
        return Map.of(format(), bytes(asset, name));
    }

    private byte[] bytes(Asset asset, String name) {
        TextureFiles textures = new TextureFiles(asset, TEXTURES);
        UsdLayer layer = new UsdLayer(asset, textures, name + ".usdz");
        UsdzPackage container = new UsdzPackage();
        container.add(asset.name() + ".usda", layer.bytes());
        textures.write(imaging).forEach((file, bytes) -> container.add(TEXTURES + file, bytes));
        return container.bytes();
    }
}
