/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.inverso.training.PictureFolder.Picture;
import org.junit.jupiter.api.Test;

class MadeUpPicturesTest {

    @Test
    void theyDifferFromOneAnotherAndNotFromRunToRun() {
        List<Picture> pictures = MadeUpPictures.of(3);

        assertThat(pictures.get(5).rgb()).isEqualTo(MadeUpPictures.of(3).get(5).rgb());
        assertThat(pictures.get(5).rgb()).isNotEqualTo(pictures.get(6).rgb());
        assertThat(pictures.get(5).rgb()).isNotEqualTo(MadeUpPictures.of(4).get(5).rgb());
    }

    @Test
    void noneIsOfOneColour() {
        for (Picture picture : MadeUpPictures.of(1)) {
            assertThat(Arrays.stream(picture.rgb()).distinct().count()).isGreaterThan(200);
            assertThat(Arrays.stream(picture.rgb()).allMatch(rgb -> rgb >>> 24 == 0xff)).isTrue();
            assertThat(picture.rgb()).hasSize(picture.width() * picture.height());
        }
    }
}
