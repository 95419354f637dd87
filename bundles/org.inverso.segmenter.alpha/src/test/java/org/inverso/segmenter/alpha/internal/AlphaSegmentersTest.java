/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.alpha.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.inverso.api.PhotoException;
import org.inverso.api.PhotoException.Reason;
import org.inverso.api.Progress;
import org.inverso.api.Segmenter;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

class AlphaSegmentersTest {

    private final Segmenter alpha = new AlphaSegmenter();
    private final Segmenter maskFile = new MaskFileSegmenter();

    @Test
    void takesThePhotosOwnAlpha() {
        Photo photo = photo(true, 255, 0, 51, 128);
        assertThat(alpha.accepts(photo)).isTrue();
        assertThat(maskFile.accepts(photo)).isFalse();
        Matte matte = alpha.segment(photo, Progress.NONE);
        assertThat(matte.segmenterId()).isEqualTo("alpha");
        assertThat(matte.alpha().values()).containsExactly(1, 0, 0.2f, 128 / 255f);
        assertThat(matte.alpha().width()).isEqualTo(2);
    }

    @Test
    void takesTheMaskFile() {
        Plane mask = new Plane(2, 2, new float[] {0, 1, 0.25f, 0});
        Photo photo = photo(false, 255, 255, 255, 255).withMask(mask);
        assertThat(alpha.accepts(photo)).isFalse();
        assertThat(maskFile.accepts(photo)).isTrue();
        assertThat(maskFile.segment(photo, Progress.NONE)).isEqualTo(new Matte(mask, "mask-file"));
    }

    @Test
    void saysWhenThereIsNoObject() {
        assertNoObject(alpha, photo(true, 127, 0, 30, 5), "all of it is transparent");
        Photo opaque = photo(false, 255, 255, 255, 255);
        assertNoObject(
                maskFile,
                opaque.withMask(new Plane(2, 2, new float[] {0, 0.49f, 0, 0})),
                "the mask of car.png shows no object");
        assertNoObject(
                maskFile,
                opaque.withMask(new Plane(1, 2, new float[] {1, 1})),
                "is 1 x 2 pixels, the photo is 2 x 2");
    }

    private static void assertNoObject(Segmenter segmenter, Photo photo, String message) {
        assertThatThrownBy(() -> segmenter.segment(photo, Progress.NONE))
                .isInstanceOfSatisfying(
                        PhotoException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NO_OBJECT))
                .hasMessageContaining("car.png")
                .hasMessageContaining(message);
    }

    private static Photo photo(boolean hasAlpha, int... opacities) {
        Image image = Image.blank(2, 2);
        for (int i = 0; i < 4; i++) {
            image.rgba()[4 * i + 3] = (byte) opacities[i];
        }
        return new Photo("car.png", "", image, hasAlpha, Optional.empty());
    }
}
