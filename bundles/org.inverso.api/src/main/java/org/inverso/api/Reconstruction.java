/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.Map;
import java.util.Optional;
import org.inverso.api.asset.Asset;
import org.inverso.api.scene.SceneEstimate;

/**
 * What became of a photo.
 *
 * @param report everything that is known about the result
 * @param reportJson the same as the JSON document that is written beside the asset
 * @param asset what the files hold
 * @param files bytes by extension, for example {@code glb}; some formats need several files
 * @param previewPng picture of input, fitted overlay and turntable
 * @param scene what the asset was built from, for those who draw it otherwise; its camera looks at
 *     the square crop. Empty when it is not known
 */
public record Reconstruction(
        ReconstructionReport report,
        String reportJson,
        Asset asset,
        Map<String, byte[]> files,
        byte[] previewPng,
        Optional<SceneEstimate> scene) {

    /** One whose scene is not known. */
    public Reconstruction(
            ReconstructionReport report,
            String reportJson,
            Asset asset,
            Map<String, byte[]> files,
            byte[] previewPng) {
        this(report, reportJson, asset, files, previewPng, Optional.empty());
    }
}
