/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import org.inverso.api.PhotoException;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Matte;

/** Where a segmenter has found the object. */
final class ObjectRegion {

    private ObjectRegion() {}

    /**
     * @param photo its name
     * @throws PhotoException when nothing was found
     */
    static CropRegion of(String photo, Matte matte) {
        try {
            return CropRegion.around(matte.alpha());
        } catch (IllegalArgumentException e) {
            throw new PhotoException(
                    PhotoException.Reason.NO_OBJECT,
                    photo
                            + ": segmenter '"
                            + matte.segmenterId()
                            + "' found no object in it; give --mask to show where it is",
                    e);
        }
    }
}
