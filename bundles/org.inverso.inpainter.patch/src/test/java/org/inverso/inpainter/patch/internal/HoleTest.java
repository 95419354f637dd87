/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.inpainter.patch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HoleTest {

    private static Hole hole(String... rows) {
        String all = String.join("", rows);
        boolean[] unknown = new boolean[all.length()];
        for (int i = 0; i < unknown.length; i++) {
            unknown[i] = all.charAt(i) == '#';
        }
        return new Hole(rows[0].length(), rows.length, unknown);
    }

    @Test
    void growsByItsOwnAmountOnEachSide() {
        Hole grown = hole(".......", ".......", "...#...", ".......", ".......").grown(1, 0, 2, 1);

        assertThat(grown.unknown())
                .containsExactly(
                        hole(".......", ".......", "..####.", "..####.", ".......").unknown());
    }

    @Test
    void endsAtTheBorder() {
        assertThat(hole("#..", "...", "...").grown(1).unknown())
                .containsExactly(hole("##.", "##.", "...").unknown());
        assertThat(hole("#..", "...", "...").unknown()[1]).isFalse();
    }

    @Test
    void depthIsTheWayToTheNextKnownPixel() {
        Hole hole = hole(".....", ".###.", ".###.", ".###.", ".....");

        assertThat(hole.depth()[6]).isCloseTo(1, within(1e-6f));
        assertThat(hole.depth()[12]).isCloseTo(2, within(1e-6f));
        assertThat(hole.depth()[0]).isZero();
        assertThat(hole.knownShare()).isCloseTo(16 / 25.0, within(1e-9));
    }
}
