/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.inverso.api.asset.Asset;

/** Where the files of textures are put. */
@FunctionalInterface
interface ImagePlace {

    /**
     * @param image learns where it is
     */
    void put(Asset.Texture texture, byte[] bytes, ObjectNode image);
}
