/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.Optional;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;

/** Paints a photo as if the object had not been there: a plate for other objects to stand on. */
public interface Inpainter extends Stage {

    /**
     * @param matte of the object
     * @return a picture of the photo's size, opaque; the same wherever the object is far away.
     *     Empty when next to nothing but the object is seen, as in photos that were cut out
     */
    Optional<Image> inpaint(Photo photo, Matte matte, Progress progress);
}
