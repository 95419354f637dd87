/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.alpha.internal;

import org.inverso.api.PhotoException;
import org.inverso.api.PhotoException.Reason;
import org.inverso.api.Progress;
import org.inverso.api.Segmenter;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.osgi.service.component.annotations.Component;

/** The mask that the user gave with the photo: the best word on what is meant. */
@Component(
        service = Segmenter.class,
        property = {
            "inverso.stage.id=" + MaskFileSegmenter.ID,
            "service.ranking:Integer=" + MaskFileSegmenter.RANKING
        })
public final class MaskFileSegmenter implements Segmenter {

    static final String ID = "mask-file";
    static final int RANKING = 300;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean accepts(Photo photo) {
        return photo.mask().isPresent();
    }

    @Override
    public Matte segment(Photo photo, Progress progress) {
        Plane mask =
                photo.mask()
                        .orElseThrow(
                                () -> new IllegalArgumentException(photo.name() + " has no mask"));
        if (mask.width() != photo.width() || mask.height() != photo.height()) {
            throw new PhotoException(
                    Reason.NO_OBJECT,
                    "the mask of %s is %d x %d pixels, the photo is %d x %d; they must be the same"
                            .formatted(
                                    photo.name(),
                                    mask.width(),
                                    mask.height(),
                                    photo.width(),
                                    photo.height()));
        }
        return Foreground.checked(
                mask,
                ID,
                "the mask of " + photo.name() + " shows no object: it must be white on the object");
    }
}
