/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.inverso.api.image.MainComponents;
import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

class MatteProcessingTest {

    @Test
    void smallRegionsGoAndSoftEdgesStay() {
        Plane matte = plane("992....9", "9951....", "99....88", ".....088", "8.......");
        assertThat(text(MainComponents.keep(matte, 0.4)))
                .isEqualTo(text(plane("992.....", "9951....", "99....88", ".....088", "........")));
        assertThat(text(MainComponents.keep(matte, 1)))
                .isEqualTo(text(plane("992.....", "9951....", "99......", ".....0..", "........")));
        assertThat(text(MainComponents.keep(matte, 0))).isEqualTo(text(matte));
    }

    @Test
    void regionsConnectAcrossCornersAndBends() {
        Plane spiral = plane("9.99999", "9.9...9", "9.9.9.9", "9.999.9", "9.....9", ".99999.");
        assertThat(text(MainComponents.keep(spiral, 1))).isEqualTo(text(spiral));
    }

    @Test
    void nothingStaysNothing() {
        assertThat(MainComponents.keep(plane("...", "..."), 0.5).values()).containsOnly(0);
        assertThatThrownBy(() -> MainComponents.keep(plane("."), 1.5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void regionsAreCountedFromAShareOfTheLargestOn() {
        Plane matte = plane("999.99.9", "999.99..");
        assertThat(MainComponents.count(matte, 0.5)).isEqualTo(2);
        assertThat(MainComponents.count(matte, 0.1)).isEqualTo(3);
        assertThat(MainComponents.count(plane("..."), 0.5)).isZero();
    }

    @Test
    void planesShrinkByAreaAndGrowBilinearly() {
        Plane small = PlaneResampler.resize(plane("0804", "4808"), 2, 1);
        assertThat(small.values()).containsExactly(new float[] {0.5f, 0.3f}, within(1e-6f));
        Plane wide = PlaneResampler.resize(plane("08"), 4, 2);
        assertThat(wide.values())
                .containsExactly(
                        new float[] {0, 0.2f, 0.6f, 0.8f, 0, 0.2f, 0.6f, 0.8f}, within(1e-6f));
    }

    /** A digit stands for tenths. */
    private static Plane plane(String... rows) {
        int width = rows[0].length();
        float[] values = new float[width * rows.length];
        for (int i = 0; i < values.length; i++) {
            char c = rows[i / width].charAt(i % width);
            values[i] = c == '.' ? 0 : (c - '0') / 10f;
        }
        return new Plane(width, rows.length, values);
    }

    private static String text(Plane plane) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < plane.values().length; i++) {
            text.append(Math.round(10 * plane.values()[i]));
            text.append((i + 1) % plane.width() == 0 ? "\n" : "");
        }
        return text.toString();
    }
}
