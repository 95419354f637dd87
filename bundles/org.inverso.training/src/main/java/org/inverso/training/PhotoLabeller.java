/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.inverso.api.PhotoException;
import org.inverso.api.Progress;
import org.inverso.api.Segmenter;
import org.inverso.api.image.Image;
import org.inverso.api.image.Photo;
import org.inverso.training.PictureFolder.Picture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels photos that have no masks with another segmenter, the teacher: a matting model that was
 * trained on many labelled photos. Of each photo it asks for the whole and for parts, and keeps the
 * answers in which the teacher was sure.
 */
final class PhotoLabeller {

    private static final Logger LOGGER = LoggerFactory.getLogger(PhotoLabeller.class);

    private static final int PARTS = 2;

    /** Uncertain share of the object, sum of 4 p (1 - p) by sum of p, that is still sure. */
    private static final double MOST_DOUBT = 0.3;

    /** A smaller object, as a part of the picture, teaches nothing; a larger one is none. */
    private static final double SMALLEST = 0.03;

    private static final double LARGEST = 0.75;

    private final Segmenter teacher;

    PhotoLabeller(Segmenter teacher) {
        this.teacher = teacher;
    }

    /**
     * Labels photos.
     *
     * @param out gets PNG files whose alpha is the label
     * @return how many were kept
     */
    int label(List<Picture> photos, Path out, long seed, Progress progress) {
        int kept = 0;
        try {
            Files.createDirectories(out);
            for (int i = 0; i < photos.size(); i++) {
                progress.checkCancelled();
                Picture photo = photos.get(i);
                SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
                for (int part = 0; part <= PARTS; part++) {
                    Picture view = part == 0 ? photo : part(photo, random);
                    BufferedImage labelled = labelled(view);
                    if (labelled != null) {
                        Path file = out.resolve(String.format("%05d_%d.png", i, part));
                        ImageIO.write(labelled, "png", file.toFile());
                        kept++;
                    }
                }
                if (i % 50 == 49) {
                    LOGGER.info("{} of {} photos, {} labels kept", i + 1, photos.size(), kept);
                }
                progress.report((i + 1.0) / photos.size(), "labelling");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write into " + out + ": " + e.getMessage(), e);
        }
        return kept;
    }

    private static Picture part(Picture photo, SplittableRandom random) {
        double share = random.nextDouble(0.45, 0.8);
        int width = (int) (photo.width() * share);
        int height = (int) (photo.height() * share);
        int left = random.nextInt(photo.width() - width + 1);
        int top = random.nextInt(photo.height() - height + 1);
        int[] rgb = new int[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(photo.rgb(), (top + y) * photo.width() + left, rgb, y * width, width);
        }
        return new Picture(width, height, rgb);
    }

    /** The picture with the label as its alpha, or null when the teacher was not sure. */
    private BufferedImage labelled(Picture view) {
        byte[] rgba = new byte[4 * view.rgb().length];
        for (int i = 0; i < view.rgb().length; i++) {
            for (int c = 0; c < 3; c++) {
                rgba[4 * i + c] = (byte) (view.rgb()[i] >> (16 - 8 * c));
            }
            rgba[4 * i + 3] = -1;
        }
        Photo photo =
                new Photo(
                        "photo",
                        "",
                        new Image(view.width(), view.height(), rgba),
                        false,
                        Optional.empty());
        float[] alpha;
        try {
            alpha = teacher.segment(photo, Progress.NONE).alpha().values();
        } catch (PhotoException nothingSeen) {
            return null;
        }
        double object = 0;
        double doubt = 0;
        for (float p : alpha) {
            object += p;
            doubt += 4 * p * (1 - p);
        }
        if (doubt > MOST_DOUBT * object
                || object < SMALLEST * alpha.length
                || object > LARGEST * alpha.length) {
            return null;
        }
        BufferedImage image =
                new BufferedImage(view.width(), view.height(), BufferedImage.TYPE_INT_ARGB);
        int[] argb = new int[alpha.length];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = Math.round(255 * alpha[i]) << 24 | view.rgb()[i] & 0xffffff;
        }
        image.setRGB(0, 0, view.width(), view.height(), argb, 0, view.width());
        return image;
    }
}
