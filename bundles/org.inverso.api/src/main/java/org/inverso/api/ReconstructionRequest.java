/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One photo and what to make of it.
 *
 * @param name of the photo, for messages
 * @param photo bytes of the picture file
 * @param mask bytes of a mask picture of the same size (white is the object), if there is one
 * @param category id, or {@link #AUTO}
 * @param formats of the results, for example {@code glb}
 * @param refineMillis time box of the refiner
 * @param textureSize side of the texture in texels, a power of two
 * @param seed for all that is random
 * @param pictures that are drawn beside the preview
 * @param shapeKeys whether the asset's shape can still be changed, in formats that can hold that
 */
public record ReconstructionRequest(
        String name,
        byte[] photo,
        Optional<byte[]> mask,
        String category,
        List<String> formats,
        long refineMillis,
        int textureSize,
        long seed,
        Set<Picture> pictures,
        boolean shapeKeys) {

    /** Lets the recognizer choose the category. */
    public static final String AUTO = "auto";

    /** Default time box of the refiner, milliseconds. */
    public static final long DEFAULT_REFINE_MILLIS = 600;

    /** Default side of the texture. */
    public static final int DEFAULT_TEXTURE_SIZE = 1024;

    public ReconstructionRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(photo, "photo");
        Objects.requireNonNull(mask, "mask");
        Objects.requireNonNull(category, "category");
        formats = List.copyOf(formats);
        pictures = Set.copyOf(pictures);
        if (refineMillis < 0) {
            throw new IllegalArgumentException("refineMillis must not be negative");
        }
        if (textureSize < 64 || textureSize > 4096 || Integer.bitCount(textureSize) != 1) {
            throw new IllegalArgumentException(
                    "textureSize must be a power of two from 64 to 4096");
        }
    }

    /** A request without shape keys. */
    public ReconstructionRequest(
            String name,
            byte[] photo,
            Optional<byte[]> mask,
            String category,
            List<String> formats,
            long refineMillis,
            int textureSize,
            long seed,
            Set<Picture> pictures) {
        this(
                name,
                photo,
                mask,
                category,
                formats,
                refineMillis,
                textureSize,
                seed,
                pictures,
                false);
    }

    /** A request without pictures beside the preview. */
    public ReconstructionRequest(
            String name,
            byte[] photo,
            Optional<byte[]> mask,
            String category,
            List<String> formats,
            long refineMillis,
            int textureSize,
            long seed) {
        this(name, photo, mask, category, formats, refineMillis, textureSize, seed, Set.of());
    }

    /** Name of the photo without folder and extension; that of the results. */
    public String baseName() {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /** A request with all defaults: any category, GLB. */
    public static ReconstructionRequest of(String name, byte[] photo) {
        return new ReconstructionRequest(
                name,
                photo,
                Optional.empty(),
                AUTO,
                List.of("glb"),
                DEFAULT_REFINE_MILLIS,
                DEFAULT_TEXTURE_SIZE,
                0);
    }
}
