/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.inverso.api.PhotoException;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

class ObjectRegionTest {

    @Test
    void itIsTheSquareAboutTheObject() {
        float[] alpha = new float[100 * 60];
        for (int x = 30; x < 70; x++) {
            alpha[20 * 100 + x] = 1;
        }
        CropRegion region = ObjectRegion.of("p.jpg", matte(alpha));
        assertThat(region.size() * CropRegion.FILL).isEqualTo(40);
    }

    @Test
    void aPhotoWithoutAnObjectIsNamed() {
        assertThatThrownBy(() -> ObjectRegion.of("sky.jpg", matte(new float[100 * 60])))
                .isInstanceOfSatisfying(
                        PhotoException.class,
                        e -> assertThat(e.reason()).isEqualTo(PhotoException.Reason.NO_OBJECT))
                .hasMessageStartingWith("sky.jpg: segmenter 'test' found no object");
    }

    private static Matte matte(float[] alpha) {
        return new Matte(new Plane(100, 60, alpha), "test");
    }
}
