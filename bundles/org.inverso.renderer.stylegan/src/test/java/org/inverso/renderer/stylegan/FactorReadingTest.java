/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.junit.jupiter.api.Test;

/** What pictures and atlases tell the renderer. */
class FactorReadingTest {

    private static final int SIDE = 40;

    @Test
    void bandsAreTheObjectsColoursFromTheTopDown() {
        float[] planes = new float[3 * SIDE * SIDE];
        float[] alpha = new float[SIDE * SIDE];
        Arrays.fill(planes, -1);
        for (int y = 10; y < 30; y++) {
            for (int x = 5; x < 25; x++) {
                alpha[y * SIDE + x] = 1;
                planes[y * SIDE + x] = y < 14 ? 0.8f : 0.2f;
            }
        }
        float[] bands = TextureBands.of(planes, alpha, SIDE);
        assertThat(bands[0]).isCloseTo(0.8f, within(1e-5f));
        for (int band = 1; band < TextureBands.BANDS; band++) {
            assertThat(bands[band]).as("red of band %d", band).isCloseTo(0.2f, within(1e-5f));
        }
        assertThat(bands[TextureBands.BANDS]).as("green").isCloseTo(-1, within(1e-5f));
    }

    @Test
    void aPictureWithoutAnObjectIsOneObject() {
        float[] rows = TextureBands.rows(new float[SIDE * SIDE], 0, SIDE);
        for (int y = 0; y < SIDE; y++) {
            float sum = 0;
            for (int band = 0; band < TextureBands.BANDS; band++) {
                sum += rows[band * SIDE + y];
            }
            assertThat(sum).isEqualTo(1);
        }
    }

    @Test
    void anAtlasHasTheSameBandsAsWhatItCovers() {
        // Upright: height 1 lies at the atlas' top, height 0 at its bottom.
        TemplateMesh square =
                new TemplateMesh(
                        new float[] {0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0},
                        new float[] {0, 1, 1, 1, 1, 0, 0, 0},
                        new int[] {0, 1, 2, 0, 2, 3},
                        new int[2],
                        new int[2],
                        List.of(),
                        List.of(),
                        List.of(),
                        new float[0],
                        new int[0]);
        byte[] rgba = new byte[4 * 100 * 100];
        for (int i = 0; i < 100 * 100; i++) {
            rgba[4 * i] = (byte) (i / 100 < 20 ? 255 : 0);
            rgba[4 * i + 3] = (byte) 255;
        }
        float[] bands = TextureBands.of(new Image(100, 100, rgba), square);
        assertThat(bands[0]).isGreaterThan(0.8f);
        assertThat(bands[1]).isLessThan(-0.8f);
        assertThat(bands[TextureBands.BANDS - 1]).isCloseTo(-1, within(1e-4f));
    }

    @Test
    void backgroundBehindTheObjectIsLikeThatBesideIt() {
        float[] planes = new float[3 * SIDE * SIDE];
        float[] alpha = new float[SIDE * SIDE];
        Arrays.fill(planes, 0.5f);
        for (int y = 10; y < 30; y++) {
            for (int x = 10; x < 30; x++) {
                alpha[y * SIDE + x] = 1;
                planes[y * SIDE + x] = -1;
            }
        }
        for (float value : BackgroundGrid.of(planes, alpha, SIDE, SIDE)) {
            assertThat(value).isCloseTo(0.5f, within(1e-5f));
        }
        assertThat(BackgroundGrid.of(planes, new float[SIDE * SIDE], SIDE, SIDE)).contains(-1f);
    }

    @Test
    void backgroundsOfAllSizesHaveTheSameGrid() {
        byte[] rgba = new byte[4 * 16 * 24];
        for (int i = 0; i < 16 * 24; i++) {
            rgba[4 * i] = (byte) (i % 16 < 8 ? 255 : 0);
        }
        float[] grid = BackgroundGrid.of(new Image(16, 24, rgba));
        assertThat(grid[0]).isCloseTo(1, within(1e-5f));
        assertThat(grid[BackgroundGrid.SIDE - 1]).isCloseTo(-1, within(1e-5f));
    }

    @Test
    void azimuthsAFullTurnApartAreTheSameCamera() {
        float[] code = new float[SceneNetwork.CAMERA];
        assertThat(CameraFactor.of(-30, code))
                .containsExactly(CameraFactor.of(330, code), within(1e-5f));
        assertThat(CameraFactor.of(0, code)[1]).isEqualTo(-CameraFactor.of(180, code)[1]);
        code[0] = 100;
        assertThat(CameraFactor.of(0, code)).doesNotContain(100);
    }
}
