/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.asset.Asset;
import org.inverso.api.editing.AssetEdit;
import org.inverso.api.editing.AssetEditor;
import org.inverso.editing.internal.AssetChanges;
import org.inverso.editing.internal.AssetChecks;
import org.inverso.editing.internal.Simplification;
import org.inverso.geometry.GltfAssetReader;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads GLB files, checks or changes what they hold, and writes them again. */
@Component(service = AssetEditor.class)
public final class GlbEditor implements AssetEditor {

    private final Imaging imaging;
    private final Exporter exporter;

    /**
     * @param imaging reads and resizes textures
     * @param exporter writes GLB
     */
    @Activate
    public GlbEditor(
            @Reference Imaging imaging,
            @Reference(target = "(inverso.format=glb)") Exporter exporter) {
        this.imaging = imaging;
        this.exporter = exporter;
    }

    @Override
    public List<Finding> check(String name, byte[] glb, int triangleBudget) {
        return new AssetChecks(read(name, glb).asset(), triangleBudget).findings();
    }

    @Override
    public Edited edit(String name, byte[] glb, AssetEdit edit) {
        GltfAssetReader.Contents contents = read(name, glb);
        List<String> remarks = new ArrayList<>();
        contents.lost().forEach(lost -> remarks.add("left out: " + lost));
        Asset asset = new AssetChanges(name, imaging).apply(contents.asset(), edit);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("glb", exporter.export(asset));
        Simplification simplification = new Simplification(asset);
        for (int level : edit.levels()) {
            int reached = simplification.reduceTo(level);
            if (reached > level) {
                remarks.add(
                        "the level of %d triangles has %d; fewer would open borders or fold faces"
                                .formatted(level, reached));
            }
            files.put("lod" + level + ".glb", exporter.export(simplification.asset()));
        }
        return new Edited(files, remarks);
    }

    private GltfAssetReader.Contents read(String name, byte[] glb) {
        return new GltfAssetReader(imaging).read(name, glb);
    }
}
