/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inverso.api.Imaging;
import org.inverso.api.asset.Asset;

/** The textures that materials asked for, and where they are. */
public final class TextureFiles {

    private final Asset asset;
    private final String prefix;
    private final PrimNames names = new PrimNames();
    private final Map<Integer, String> files = new LinkedHashMap<>();

    /**
     * @param prefix before each file's name, in references of the layer
     */
    public TextureFiles(Asset asset, String prefix) {
        this.asset = asset;
        this.prefix = prefix;
    }

    /** The asset path of a texture. */
    String path(int texture) {
        return prefix
                + files.computeIfAbsent(
                        texture,
                        t ->
                                names.unique(asset.textures().get(t).name())
                                        + "."
                                        + asset.textures().get(t).extension());
    }

    /**
     * Those that were asked for.
     *
     * @return by file name, without the prefix
     */
    public Map<String, byte[]> write(Imaging imaging) {
        Map<String, byte[]> written = new LinkedHashMap<>();
        files.forEach(
                (index, file) -> {
                    Asset.Texture texture = asset.textures().get(index);
                    written.put(file, imaging.encode(texture));
                });
        return written;
    }
}
