/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.Map;
import org.inverso.api.asset.Asset;

/**
 * What became of a photo.
 *
 * @param report everything that is known about the result
 * @param reportJson the same as the JSON document that is written beside the asset
 * @param asset what the files hold
 * @param files bytes by extension, for example {@code glb}; some formats need several files
 * @param previewPng picture of input, fitted overlay and turntable
 */
public record Reconstruction(
        ReconstructionReport report,
        String reportJson,
        Asset asset,
        Map<String, byte[]> files,
        byte[] previewPng) {}
