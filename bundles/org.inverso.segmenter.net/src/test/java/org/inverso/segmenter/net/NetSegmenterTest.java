/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.inverso.api.CancelledException;
import org.inverso.api.Progress;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.imaging.ImageIoImaging;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the weights that the bundle has, on the first picture of the examples. */
class NetSegmenterTest {

    private static final Path PICTURE = Path.of("../../examples/car.jpg");

    private static NetSegmenter segmenter;
    private static Photo photo;
    private static Plane alpha;

    @BeforeAll
    static void segment() throws IOException {
        segmenter = new NetSegmenter(DjlRuntime.start(DjlRuntime.userCacheFolder(), 1));
        photo = new ImageIoImaging().decode("car.jpg", Files.readAllBytes(PICTURE));
        Matte matte = segmenter.segment(photo, Progress.NONE);
        assertThat(matte.segmenterId()).isEqualTo("net");
        alpha = matte.alpha();
    }

    @AfterAll
    static void close() {
        segmenter.close();
    }

    @Test
    void theMatteHasThePhotosSizeAndTheUnitRange() {
        assertThat(alpha.width()).isEqualTo(photo.width());
        assertThat(alpha.height()).isEqualTo(photo.height());
        for (float value : alpha.values()) {
            assertThat(value >= 0 && value <= 1).isTrue();
        }
    }

    @Test
    void theCarIsInsideAndTheCornersAreOutside() {
        int width = alpha.width();
        int height = alpha.height();
        assertThat(alpha.get(width / 2, height / 2)).isGreaterThan(0.9f);
        for (int corner = 0; corner < 4; corner++) {
            assertThat(alpha.get(corner % 2 * (width - 1), corner / 2 * (height - 1))).isZero();
        }
        int object = 0;
        for (float value : alpha.values()) {
            object += value >= Matte.THRESHOLD ? 1 : 0;
        }
        assertThat(object / (double) alpha.values().length).isBetween(0.05, 0.7);
    }

    @Test
    void theSamePhotoAlwaysGetsTheSameMatte() {
        assertThat(segmenter.segment(photo, Progress.NONE).alpha().values())
                .isEqualTo(alpha.values());
    }

    @Test
    void aWiderPhotoOfTheSameObjectGetsTheSameMatte() {
        int width = photo.width();
        int added = width / 2;
        Image image = photo.image();
        Image wide = Image.blank(width + 2 * added, image.height());
        for (int y = 0; y < wide.height(); y++) {
            for (int x = 0; x < wide.width(); x++) {
                int from = Math.max(0, Math.min(width - 1, x - added));
                System.arraycopy(
                        image.rgba(),
                        4 * (y * width + from),
                        wide.rgba(),
                        4 * (y * wide.width() + x),
                        4);
            }
        }
        Photo wider = new Photo("wide", "", wide, false, Optional.empty());

        Plane found = segmenter.segment(wider, Progress.NONE).alpha();

        int common = 0;
        int either = 0;
        for (int y = 0; y < found.height(); y++) {
            for (int x = 0; x < found.width(); x++) {
                boolean there = x >= added && x < added + width;
                boolean was = there && alpha.get(x - added, y) >= Matte.THRESHOLD;
                boolean is = found.get(x, y) >= Matte.THRESHOLD;
                common += was && is ? 1 : 0;
                either += was || is ? 1 : 0;
            }
        }
        assertThat(common / (double) either).isGreaterThan(0.97);
    }

    @Test
    void itStopsWhenNobodyWantsTheMatteAnyMore() {
        Progress unwanted =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {}

                    @Override
                    public boolean cancelled() {
                        return true;
                    }
                };
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> segmenter.segment(photo, unwanted));
    }
}
