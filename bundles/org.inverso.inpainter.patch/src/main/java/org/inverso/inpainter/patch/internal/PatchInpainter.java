/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.inpainter.patch.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.Inpainter;
import org.inverso.api.Progress;
import org.inverso.api.Stage;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.osgi.service.component.annotations.Component;

/**
 * Fills the hole that an object leaves with patches of the rest of the photo, coarsely first. Needs
 * no weights; the same photo always gives the same picture.
 */
@Component(
        service = Inpainter.class,
        property = {Stage.ID_PROPERTY + "=" + PatchInpainter.ID, "service.ranking:Integer=0"})
public final class PatchInpainter implements Inpainter {

    public static final String ID = "patch";

    /** Alpha from which on a pixel shows something of the object. */
    private static final float TRACE = 0.04f;

    /** What the matte may have missed at the outline, of the photo's longer side. */
    private static final double RIM = 0.012;

    /** The shadow at the object's feet, of its height. */
    private static final double SHADOW = 0.05;

    /** Part of the photo that has to be known. */
    private static final double LEAST_KNOWN = 0.05;

    /** Longer side of the largest picture in which patches are searched for, pixels. */
    private static final int LARGEST = 448;

    /** Longer side below which pictures are not halved any more, pixels. */
    private static final int SMALLEST = 48;

    /** Known patches that there must be at least. */
    private static final int LEAST_CHOICE = 64;

    private static final int ROUNDS_COARSE = 10;
    private static final int ROUNDS_FINE = 3;

    /** Of the last vote, so that unlike patches do not blur each other. */
    private static final float SHARP = 0.1f;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<Image> inpaint(Photo photo, Matte matte, Progress progress) {
        Hole hole = hole(photo, matte.alpha());
        if (hole.knownShare() < LEAST_KNOWN) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(1);
        List<Level> levels = levels(Level.of(photo.image(), hole, LARGEST));
        PatchField field = null;
        for (int i = levels.size() - 1; i >= 0; i--) {
            Level level = levels.get(i);
            PatchField found = new PatchField(level);
            if (found.choice() == 0) {
                return Optional.empty();
            }
            if (field == null) {
                level.fillInLayers();
                found.begin(random);
            } else {
                found.begin(field, random);
            }
            int rounds = Math.max(ROUNDS_FINE, ROUNDS_COARSE - 3 * (levels.size() - 1 - i));
            for (int round = 0; round < rounds; round++) {
                progress.checkCancelled();
                found.search(random);
                found.vote(found.typicalCost());
            }
            field = found;
            progress.report(1 - i / (double) levels.size(), "painting the background");
        }
        float tolerance = SHARP * field.typicalCost();
        return Optional.of(
                new Enlargement(photo.image(), hole, levels.get(0), field, tolerance).paint());
    }

    private static Hole hole(Photo photo, Plane alpha) {
        int width = photo.width();
        int height = photo.height();
        boolean[] unknown = new boolean[width * height];
        int top = height;
        int bottom = 0;
        for (int i = 0; i < unknown.length; i++) {
            boolean object = alpha.values()[i] >= TRACE;
            unknown[i] = object || photo.image().get(i % width, i / width, 3) < 255;
            top = object ? Math.min(top, i / width) : top;
            bottom = object ? i / width : bottom;
        }
        int rim = Math.max(2, (int) Math.round(RIM * Math.max(width, height)));
        int shadow = (int) Math.round(SHADOW * Math.max(0, bottom - top));
        return new Hole(width, height, unknown).grown(rim, rim, rim, rim + shadow);
    }

    /** The largest one first. */
    private static List<Level> levels(Level largest) {
        List<Level> levels = new ArrayList<>(List.of(largest));
        Level next = largest.halved();
        while (Math.max(next.width(), next.height()) >= SMALLEST
                && new PatchField(next).choice() >= LEAST_CHOICE) {
            levels.add(next);
            next = next.halved();
        }
        return levels;
    }
}
