/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.inverso.geometry.AssetMesh;
import org.junit.jupiter.api.Test;

class ContactShadowTest {

    private final ContactShadow shadow = new ContactShadow(AssetMesh.of(BoxAsset.untextured()));

    @Test
    void darkestUnderTheObjectAndFadingAwayFromIt() {
        float under = shadow.at(0, 0);
        float edge = shadow.at(1, 0);
        float beside = shadow.at(1.2f, 0);

        assertThat(under).isBetween(0.7f, 1f);
        assertThat(edge).isLessThan(under).isGreaterThan(beside);
        assertThat(beside).isPositive();
        assertThat(shadow.at(3, 0)).isZero();
        assertThat(shadow.at(Float.NaN, 0)).isZero();
    }

    @Test
    void isSymmetricWhenTheObjectIs() {
        assertThat(shadow.at(-1.1f, 0.3f)).isCloseTo(shadow.at(1.1f, 0.3f), within(0.02f));
    }

    @Test
    void cameraSeesItOnTheFloorOnly() {
        Viewpoint viewpoint = Viewpoint.around(AssetMesh.of(BoxAsset.untextured()), 12, 1, 0)[0];

        float[] seen = shadow.seenFrom(viewpoint, 50, 50);

        assertThat(seen[2 * 50 + 25]).as("high above the horizon").isZero();
        float darkest = 0;
        for (float s : seen) {
            darkest = Math.max(darkest, s);
        }
        assertThat(darkest).isGreaterThan(0.5f);
    }
}
