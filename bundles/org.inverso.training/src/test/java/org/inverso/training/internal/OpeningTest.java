/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

class OpeningTest {

    private static Plane plane(String... rows) {
        float[] values = new float[rows.length * rows[0].length()];
        for (int i = 0; i < values.length; i++) {
            char c = rows[i / rows[0].length()].charAt(i % rows[0].length());
            values[i] = c == '#' ? 1 : 0;
        }
        return new Plane(rows[0].length(), rows.length, values);
    }

    @Test
    void takesLegsAwayAndLeavesTheBody() {
        Plane bird =
                plane(
                        "........",
                        ".#####..",
                        ".#####..",
                        ".#####..",
                        "...#....",
                        "...#....",
                        "........");

        assertThat(Opening.of(bird, 1).values())
                .containsExactly(
                        plane(
                                        "........",
                                        ".#####..",
                                        ".#####..",
                                        ".#####..",
                                        "........",
                                        "........",
                                        "........")
                                .values());
    }

    @Test
    void whatTouchesTheBorderGoesOnBehindIt() {
        Plane post = plane("##..", "##..", "##..", "##..");

        assertThat(Opening.of(post, 1).values()).containsExactly(post.values());
    }
}
