/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inverso.api.image.Image;
import org.junit.jupiter.api.Test;

class LeasedViewSheetsTest {

    @Test
    void viewsAreInOrderOfAzimuthAndEvenlySpread() {
        List<Double> azimuths = List.of(90.0, -170.0, 0.0, 45.0, -60.0, 150.0);
        assertThat(LeasedViewSheets.spread(azimuths, 3)).containsExactly(1, 2, 0);
        assertThat(LeasedViewSheets.spread(azimuths, 20)).containsExactly(1, 4, 2, 3, 0, 5);
    }

    @Test
    void picturesStandInRows() {
        List<Image> pictures = List.of(pixel(1), pixel(2), pixel(3), pixel(4));
        Image sheet = LeasedViewSheets.sheet(pictures, 2);
        assertThat(sheet.width()).isEqualTo(2);
        assertThat(sheet.height()).isEqualTo(2);
        assertThat(sheet.get(0, 0, 0)).isEqualTo(1);
        assertThat(sheet.get(1, 0, 0)).isEqualTo(2);
        assertThat(sheet.get(0, 1, 0)).isEqualTo(3);
        assertThat(sheet.get(1, 1, 0)).isEqualTo(4);
    }

    private static Image pixel(int value) {
        return new Image(1, 1, new byte[] {(byte) value, 0, 0, -1});
    }
}
