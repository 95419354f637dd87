/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.inverso.api.image.Image;
import org.junit.jupiter.api.Test;

class EncoderNetworkTest {

    private static final int SIZE = EncoderNetwork.SIZE;
    private static final int PLANE = SIZE * SIZE;
    private static final float TOLERANCE = 1e-6f;

    private final Image crop = Image.blank(SIZE, SIZE);
    private final float[] planes = new float[4 * PLANE];

    @Test
    void opaquePixelsAreReadAsTheyAre() {
        paint(5, 3, 255, 0, 51, 255);
        EncoderNetwork.fill(crop, planes, 0);
        assertThat(pixel(5, 3)).containsExactly(new float[] {1, -1, -0.6f, 1}, within(TOLERANCE));
    }

    @Test
    void transparentPixelsAreBlackWhateverTheirColour() {
        paint(0, 0, 250, 120, 30, 0);
        EncoderNetwork.fill(crop, planes, 0);
        assertThat(pixel(0, 0)).containsExactly(-1, -1, -1, -1);
    }

    @Test
    void halfTransparentPixelsAreHalfWayToBlack() {
        paint(127, 126, 255, 102, 0, 51);
        EncoderNetwork.fill(crop, planes, 0);
        assertThat(pixel(127, 126))
                .containsExactly(new float[] {-0.6f, -0.84f, -1, -0.6f}, within(TOLERANCE));
    }

    @Test
    void otherCropsOfTheBatchAreLeftAlone() {
        float[] batch = new float[3 * planes.length];
        java.util.Arrays.fill(batch, 7);
        EncoderNetwork.fill(crop, batch, planes.length);
        assertThat(batch).startsWith(7, 7, 7).endsWith(7, 7, 7);
        assertThat(java.util.Arrays.copyOfRange(batch, planes.length, 2 * planes.length))
                .containsOnly(-1);
        assertThat(batch[planes.length - 1]).isEqualTo(7);
        assertThat(batch[2 * planes.length]).isEqualTo(7);
    }

    @Test
    void aCropOfAnotherSizeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncoderNetwork.fill(Image.blank(128, 64), planes, 0))
                .withMessageContaining("128x64 instead of 128x128");
    }

    private void paint(int x, int y, int red, int green, int blue, int alpha) {
        int at = 4 * (y * SIZE + x);
        crop.rgba()[at] = (byte) red;
        crop.rgba()[at + 1] = (byte) green;
        crop.rgba()[at + 2] = (byte) blue;
        crop.rgba()[at + 3] = (byte) alpha;
    }

    private float[] pixel(int x, int y) {
        int at = y * SIZE + x;
        return new float[] {
            planes[at], planes[PLANE + at], planes[2 * PLANE + at], planes[3 * PLANE + at]
        };
    }
}
