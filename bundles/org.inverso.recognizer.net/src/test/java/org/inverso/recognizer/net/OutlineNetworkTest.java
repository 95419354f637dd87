/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

class OutlineNetworkTest {

    private static final int SIZE = OutlineNetwork.SIZE;

    @Test
    void aMatteIsSampledWhereTheRegionIs() {
        // The right half of a square of 128 is opaque; the region begins 64 pixels further left.
        float[] alpha = new float[128 * 128];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = i % 128 >= 64 ? 1 : 0;
        }
        float[] dest = new float[2 * SIZE * SIZE];

        OutlineNetwork.sample(
                new Plane(128, 128, alpha), new CropRegion(-64, 0, 256), dest, SIZE * SIZE);

        int row = SIZE * SIZE + 8 * SIZE;
        assertThat(dest[row + 31]).isZero();
        assertThat(dest[row + 32]).isEqualTo(1);
        assertThat(dest[row + 47]).isEqualTo(1);
        assertThat(dest[row + 48]).as("beyond the matte").isZero();
        assertThat(dest[SIZE * SIZE + 32 * SIZE + 40]).as("below the matte").isZero();
    }

    @Test
    void pixelsOfTheInputAreMeans() {
        float[] alpha = new float[128 * 128];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (i % 128 + i / 128) % 2;
        }
        float[] dest = new float[SIZE * SIZE];

        OutlineNetwork.sample(new Plane(128, 128, alpha), new CropRegion(0, 0, 128), dest, 0);

        for (float value : dest) {
            assertThat(value).isEqualTo(0.5f, within(1e-6f));
        }
    }
}
