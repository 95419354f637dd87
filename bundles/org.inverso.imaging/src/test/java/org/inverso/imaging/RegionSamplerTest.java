/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.junit.jupiter.api.Test;

class RegionSamplerTest {

    private static final float TOLERANCE = 1e-5f;

    @Test
    void aRegionOfItsOwnSizeIsCopiedPixelByPixel() {
        Image image = noise(7, 5, 1);
        float[] planes = new float[3 * 4 * 4];
        RegionSampler.sample(image, new CropRegion(2, 1, 4), 4, 4, planes, 0);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 4; x++) {
                    assertThat(planes[(c * 4 + y) * 4 + x])
                            .isCloseTo(unit(image.get(x + 2, y + 1, c)), within(TOLERANCE));
                }
            }
        }
    }

    @Test
    void blackIsMinusOneAndWhiteIsOne() {
        Image image = noise(2, 1, 1);
        java.util.Arrays.fill(image.rgba(), 0, 4, (byte) 0);
        java.util.Arrays.fill(image.rgba(), 4, 8, (byte) 255);
        float[] planes = new float[3];
        RegionSampler.sample(image, new CropRegion(0, 0, 1), 1, 1, planes, 0);
        assertThat(planes).containsOnly(-1);
        RegionSampler.sample(image, new CropRegion(1, 0, 1), 1, 1, planes, 0);
        assertThat(planes).containsOnly(1);
    }

    @Test
    void shrinkingAveragesAllPixelsBelowOne() {
        Image image = noise(12, 12, 2);
        float[] planes = new float[3 * 4];
        RegionSampler.sample(image, new CropRegion(0, 0, 12), 12, 2, planes, 0);
        for (int c = 0; c < 3; c++) {
            for (int cell = 0; cell < 4; cell++) {
                float sum = 0;
                for (int i = 0; i < 36; i++) {
                    sum += unit(image.get(cell % 2 * 6 + i % 6, cell / 2 * 6 + i / 6, c));
                }
                assertThat(planes[4 * c + cell]).isCloseTo(sum / 36, within(TOLERANCE));
            }
        }
    }

    @Test
    void growingIsBilinear() {
        Image image = Image.blank(2, 1);
        image.rgba()[4] = (byte) 200;
        float[] planes = new float[3 * 16];
        RegionSampler.sample(image, new CropRegion(0, 0, 2), 2, 4, planes, 0);
        // Centres of the four pixels lie at 0.25, 0.75, 1.25 and 1.75; those of the two at 0.5, 1.5
        for (int x = 0; x < 4; x++) {
            float share = new float[] {0, 0.25f, 0.75f, 1}[x];
            assertThat(planes[x]).isCloseTo(unit(share * 200), within(TOLERANCE));
        }
    }

    @Test
    void theBorderRepeatsBeyondThePicture() {
        Image image = noise(3, 3, 3);
        float[] planes = new float[3 * 25];
        RegionSampler.sample(image, new CropRegion(-1, -1, 5), 5, 5, planes, 0);
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 25; i++) {
                int x = Math.max(0, Math.min(2, i % 5 - 1));
                int y = Math.max(0, Math.min(2, i / 5 - 1));
                assertThat(planes[25 * c + i])
                        .isCloseTo(unit(image.get(x, y, c)), within(TOLERANCE));
            }
        }
    }

    @Test
    void aRegionThatIsNoSquareIsSqueezedIntoOne() {
        Image image = noise(8, 4, 4);
        float[] planes = new float[3 * 16];
        RegionSampler.sample(image, new CropRegion(0, 0, 4), 8, 4, planes, 0);
        for (int i = 0; i < 16; i++) {
            float left = unit(image.get(i % 4 * 2, i / 4, 0));
            float right = unit(image.get(i % 4 * 2 + 1, i / 4, 0));
            assertThat(planes[i]).isCloseTo((left + right) / 2, within(TOLERANCE));
        }
    }

    @Test
    void onlyThePartOfTheArrayFromTheOffsetOnIsWritten() {
        float[] planes = new float[3 + 3 * 4 + 3];
        java.util.Arrays.fill(planes, 9);
        RegionSampler.sample(noise(4, 4, 5), new CropRegion(0, 0, 4), 4, 2, planes, 3);
        for (int i = 0; i < planes.length; i++) {
            boolean outside = i < 3 || i >= 15;
            assertThat(planes[i] == 9).isEqualTo(outside);
        }
    }

    private static float unit(float value) {
        return value / 127.5f - 1;
    }

    private static Image noise(int width, int height, long seed) {
        byte[] rgba = new byte[4 * width * height];
        new SplittableRandom(seed).nextBytes(rgba);
        return new Image(width, height, rgba);
    }
}
