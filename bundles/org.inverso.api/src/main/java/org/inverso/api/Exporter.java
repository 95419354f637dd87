/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.Map;
import org.inverso.api.asset.Asset;

/** Writes an asset in one file format. */
public interface Exporter extends Stage {

    /**
     * File extension without the dot, lower case; the property {@code inverso.format} holds it too.
     */
    String format();

    /** Deterministic: the same asset gives the same bytes. */
    byte[] export(Asset asset);

    /**
     * The same with the files that it refers to, where the format needs several. Deterministic.
     *
     * @param name of all files, without folder and extension; they refer to one another by it
     * @return bytes by extension, {@link #format()} first: those of {@code mtl} belong into {@code
     *     NAME.mtl}
     */
    default Map<String, byte[]> export(Asset asset, String name) {
        return Map.of(format(), export(asset));
    }
}
