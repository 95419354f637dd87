/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

class SilhouetteTest {

    @Test
    void shrinkingKeepsPixelsThatAreMostlyInside() {
        float[] alpha = new float[4 * 2];
        // Left 2 x 2 block: three of four; right block: one of four.
        alpha[0] = alpha[1] = alpha[4] = 1;
        alpha[2] = 1;

        Silhouette small = Silhouette.of(new Plane(4, 2, alpha), 2);

        assertThat(small.width()).isEqualTo(2);
        assertThat(small.height()).isEqualTo(1);
        assertThat(small.inside()).containsExactly(true, false);
    }

    @Test
    void smallMattesAreNotEnlarged() {
        Silhouette same = Silhouette.of(new Plane(3, 1, new float[] {0.4f, 0.5f, 1}), 256);

        assertThat(same.inside()).containsExactly(false, true, true);
    }

    @Test
    void iouCountsSharedOverCovered() {
        Silhouette a = new Silhouette(4, 1, new boolean[] {true, true, false, false});
        Silhouette b = new Silhouette(4, 1, new boolean[] {false, true, true, false});
        Silhouette none = new Silhouette(4, 1, new boolean[4]);

        assertThat(a.iou(b)).isEqualTo(1 / 3.0);
        assertThat(a.iou(a)).isEqualTo(1);
        assertThat(a.iou(none)).isZero();
        assertThat(none.iou(none)).isZero();
    }
}
