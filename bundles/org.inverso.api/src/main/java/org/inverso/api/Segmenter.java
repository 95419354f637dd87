/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;

/** Finds the foreground object. The best ranked segmenter that accepts a photo does the work. */
public interface Segmenter extends Stage {

    /**
     * Whether this segmenter can work on the photo; for example only when it has alpha of its own.
     */
    boolean accepts(Photo photo);

    /**
     * @return alpha of the photo's size
     * @throws PhotoException with {@link PhotoException.Reason#NO_OBJECT} when nothing stands out
     */
    Matte segment(Photo photo, Progress progress);
}
