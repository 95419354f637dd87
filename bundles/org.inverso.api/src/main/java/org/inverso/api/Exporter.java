/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import org.inverso.api.asset.Asset;

/** Writes an asset in one file format. */
public interface Exporter extends Stage {

    /**
     * File extension without the dot, lower case; the property {@code inverso.format} holds it too.
     */
    String format();

    /** Deterministic: the same asset gives the same bytes. */
    byte[] export(Asset asset);
}
