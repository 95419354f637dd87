/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.editing;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is to be changed about an asset; what is empty stays.
 *
 * @param paint colour of what can be painted: red, green and blue in one number
 * @param variant name of the look that becomes the asset's own
 * @param clips that are kept, by name; all when empty
 * @param lights whether head and tail lamps are on
 * @param scale factor on its size
 * @param length along Z that it is brought to, metres
 * @param textureSize longer side of the largest texture, texels
 * @param levels triangles of each level of detail that is wanted beside it, from many to few
 */
public record AssetEdit(
        OptionalInt paint,
        Optional<String> variant,
        List<String> clips,
        Optional<Boolean> lights,
        OptionalDouble scale,
        OptionalDouble length,
        OptionalInt textureSize,
        List<Integer> levels) {

    /** Leaves all as it is. */
    public static final AssetEdit NOTHING =
            new AssetEdit(
                    OptionalInt.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    List.of());

    public AssetEdit {
        clips = List.copyOf(clips);
        levels = List.copyOf(levels);
        if (paint.isPresent() && paint.getAsInt() >>> 24 != 0) {
            throw new IllegalArgumentException("a paint has 24 bits");
        }
        if (scale.isPresent() && length.isPresent()) {
            throw new IllegalArgumentException("give a scale or a length, not both");
        }
        requirePositive("scale", scale);
        requirePositive("length", length);
        if (textureSize.isPresent()
                && (textureSize.getAsInt() < 1 || textureSize.getAsInt() > 8192)) {
            throw new IllegalArgumentException("the texture size must be from 1 to 8192");
        }
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i) < 1 || i > 0 && levels.get(i) >= levels.get(i - 1)) {
                throw new IllegalArgumentException(
                        "levels of detail are numbers of triangles, from many to few");
            }
        }
    }

    private static void requirePositive(String what, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() > 0 && value.getAsDouble() < 1e6)) {
            throw new IllegalArgumentException("the " + what + " must be positive");
        }
    }
}
