/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.image;

import java.util.Optional;

/**
 * A decoded photo, upright.
 *
 * @param name of the file, for messages
 * @param sha256 of the file's bytes, lower-case hex
 * @param hasAlpha whether the file had a transparency of its own that is not fully opaque
 * @param mask that the user gave, of the photo's size, 1 on the object
 */
public record Photo(
        String name, String sha256, Image image, boolean hasAlpha, Optional<Plane> mask) {

    public int width() {
        return image.width();
    }

    public int height() {
        return image.height();
    }

    public Photo withMask(Plane given) {
        return new Photo(name, sha256, image, hasAlpha, Optional.of(given));
    }
}
