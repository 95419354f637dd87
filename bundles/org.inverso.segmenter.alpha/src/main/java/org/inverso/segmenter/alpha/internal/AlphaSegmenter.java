/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.alpha.internal;

import org.inverso.api.Progress;
import org.inverso.api.Segmenter;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.osgi.service.component.annotations.Component;

/** The transparency of the photo itself: somebody has cut the object out already. */
@Component(
        service = Segmenter.class,
        property = {
            "inverso.stage.id=" + AlphaSegmenter.ID,
            "service.ranking:Integer=" + AlphaSegmenter.RANKING
        })
public final class AlphaSegmenter implements Segmenter {

    static final String ID = "alpha";
    static final int RANKING = 200;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean accepts(Photo photo) {
        return photo.hasAlpha();
    }

    @Override
    public Matte segment(Photo photo, Progress progress) {
        Image image = photo.image();
        float[] alpha = new float[image.width() * image.height()];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (image.rgba()[4 * i + 3] & 0xff) / 255f;
        }
        return Foreground.checked(
                new Plane(image.width(), image.height(), alpha),
                ID,
                photo.name() + " shows no object: all of it is transparent");
    }
}
