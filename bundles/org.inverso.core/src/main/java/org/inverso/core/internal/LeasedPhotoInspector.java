/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.List;
import org.inverso.api.Imaging;
import org.inverso.api.PhotoInspector;
import org.inverso.api.Progress;
import org.inverso.api.Segmenter;
import org.inverso.api.StageUnavailableException;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.core.StageSet.Member;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Inspects photos with leased stages, so that a replacement waits until the photo is done. */
@Component(service = PhotoInspector.class)
public final class LeasedPhotoInspector implements PhotoInspector {

    private final LeasingStageRegistry registry;

    /** Called by the framework. */
    @Activate
    public LeasedPhotoInspector(@Reference LeasingStageRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Inspection inspect(String name, byte[] bytes, Progress progress) {
        List<Demand> demands =
                List.of(
                        Demand.of(StageKind.IMAGING),
                        Demand.of(StageKind.SEGMENTER),
                        Demand.optional(StageKind.RECOGNIZER));
        try (Lease lease =
                registry.pool().lease(demands, registry.waitBound(), progress::cancelled)) {
            Imaging imaging = lease.one(StageKind.IMAGING).stage();
            Photo photo = imaging.decode(name, bytes);
            Matte matte = segmenter(lease, photo).segment(photo, progress);
            ObjectRegion.of(name, matte);
            progress.checkCancelled();
            return new Inspection(
                    matte,
                    lease.all(StageKind.RECOGNIZER)
                            .findFirst()
                            .map(member -> member.stage().recognize(photo, matte)),
                    imaging.encodePng(cutOut(photo.image(), matte)));
        }
    }

    private static Segmenter segmenter(Lease lease, Photo photo) {
        return lease.all(StageKind.SEGMENTER)
                .map(Member::stage)
                .filter(segmenter -> segmenter.accepts(photo))
                .findFirst()
                .orElseThrow(
                        () ->
                                new StageUnavailableException(
                                        Segmenter.class.getSimpleName(),
                                        photo.name() + ": none of the segmenters accepts it"));
    }

    private static Image cutOut(Image image, Matte matte) {
        byte[] rgba = image.rgba().clone();
        float[] alpha = matte.alpha().values();
        for (int i = 0; i < alpha.length; i++) {
            rgba[4 * i + 3] = (byte) Math.round(255 * alpha[i]);
        }
        return new Image(image.width(), image.height(), rgba);
    }
}
