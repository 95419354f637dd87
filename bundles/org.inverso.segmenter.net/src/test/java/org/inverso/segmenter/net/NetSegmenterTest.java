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
import org.inverso.api.CancelledException;
import org.inverso.api.Progress;
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
