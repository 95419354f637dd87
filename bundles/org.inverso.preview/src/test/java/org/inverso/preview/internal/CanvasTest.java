/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.inverso.api.image.Image;
import org.inverso.preview.internal.Canvas.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanvasTest {

    private static final float[] WHITE = {1, 1, 1};
    private static final float[] BLACK = {0, 0, 0};

    @Test
    void emptyTexelsGetTheColoursAround() {
        float[] rgb = new float[3 * 16];
        boolean[] painted = new boolean[16];
        painted[0] = true;
        painted[10] = true;
        java.util.Arrays.fill(rgb, 0, 3, 0.25f);
        java.util.Arrays.fill(rgb, 30, 33, 0.75f);

        MipTexture texture = MipTexture.of(4, rgb, painted);

        float[] color = new float[3];
        texture.sample(0, 0.125f, 0.125f, color);
        assertThat(color).as("as painted").containsOnly(0.25f);
        texture.sample(0, 0.375f, 0.375f, color);
        assertThat(color).as("from the same four").containsOnly(0.25f);
        texture.sample(0, 0.625f, 0.875f, color);
        assertThat(color).as("from the same four").containsOnly(0.75f);
        texture.sample(0, 0.125f, 0.875f, color);
        assertThat(color).as("from all").containsOnly(0.5f);
        texture.sample(1, 0.25f, 0.25f, color);
        assertThat(color).as("no black in averages").containsOnly(0.25f);
    }

    @Test
    void everySrgbByteSurvivesLinearLight() {
        for (int i = 0; i < 256; i++) {
            assertThat(Srgb.fromLinear(Srgb.toLinear((byte) i))).isEqualTo((byte) i);
        }
        assertThat(Srgb.fromLinear(-1)).isZero();
        assertThat(Srgb.fromLinear(7)).isEqualTo((byte) 255);
        assertThat(Srgb.fromLinear(0.5f) & 0xff).as("half the light is 187.5").isBetween(187, 188);
    }

    @Test
    void boxesAreFilledUpToTheirRoundCorners() {
        Canvas canvas = new Canvas(40, 30, WHITE);

        canvas.draw(new Box(5, 5, 20, 20, 6), BLACK, 1);

        Image image = canvas.toImage();
        assertThat(image.get(15, 15, 0)).isZero();
        assertThat(image.get(5, 15, 0)).isZero();
        assertThat(image.get(5, 5, 0)).as("outside the corner").isEqualTo(255);
        assertThat(image.get(6, 7, 0)).as("on the corner's curve").isBetween(1, 254);
        assertThat(image.get(25, 15, 0)).isEqualTo(255);
        assertThat(image.get(15, 15, 3)).isEqualTo(255);
    }

    @Test
    void whatLiesOutsideTheCanvasIsLeftOut() {
        Canvas canvas = new Canvas(4, 4, WHITE);

        canvas.draw(new Box(2, 2, 10, 10, 0), BLACK, 1);

        assertThat(canvas.toImage().get(3, 3, 0)).isZero();
        assertThat(canvas.toImage().get(1, 1, 0)).isEqualTo(255);
    }

    @ParameterizedTest
    @CsvSource({"4000, 3000", "600, 400", "100, 1000", "3000, 200", "1, 1"})
    void nothingOverlapsForAnyPhoto(int width, int height) {
        Layout layout = Layout.of(width, height, 6);

        Box photo = layout.photo();
        assertThat(photo.width() / (double) photo.height())
                .isCloseTo(width / (double) height, within(0.06 * width / height));
        assertThat(photo.x() + photo.width()).isLessThan(layout.overlay().x());
        assertThat(layout.overlay().x() + layout.overlay().width()).isLessThan(layout.clay().x());
        assertThat(layout.clay().y() + layout.clay().height()).isLessThan(layout.atlas().y());
        Box last = layout.turntable().get(5);
        assertThat(last.x() + last.width())
                .as("right edges line up")
                .isEqualTo(layout.clay().x() + layout.clay().width())
                .isLessThan(layout.width());
        assertThat(last.y()).isGreaterThan(photo.y() + photo.height());
        assertThat(last.y() + last.height()).isLessThan(layout.height());
        assertThat(layout.height()).isBetween(500, 950);
    }

    @Test
    void reductionAveragesLight() {
        byte[] rgba = new byte[4 * 4];
        for (int i = 0; i < 4; i++) {
            rgba[4 * i] = (byte) (i % 2 == 0 ? 0 : 255);
            rgba[4 * i + 3] = (byte) (i < 2 ? 255 : 0);
        }

        float[] small = Reduction.of(new Image(4, 1, rgba), 2, 1, new float[] {0, 1, 0});

        // The left half is black and red; the right half is transparent over green.
        assertThat(small).containsExactly(new float[] {0.5f, 0, 0, 0, 1, 0}, within(1e-6f));
    }

    @Test
    void outlineRunsAlongTheOuterSide() {
        Layer layer = new Layer(9, 1);
        for (int x = 4; x < 9; x++) {
            layer.rgba()[4 * x + 3] = 1;
        }

        float[] line = layer.outline(1.5f);

        assertThat(line).containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0);
    }

    @Test
    void texturesAreAveragedAndRepeat() {
        byte[] rgba = new byte[4 * 4 * 4];
        for (int i = 0; i < 16; i++) {
            rgba[4 * i] = (byte) (i % 2 == 0 ? 0 : 255);
        }
        MipTexture texture = new MipTexture(new Image(4, 4, rgba));
        float[] rgb = new float[3];

        texture.sample(0, 0.125f, 0.5f, rgb);
        assertThat(rgb[0]).isCloseTo(0, within(1e-6f));
        texture.sample(0, 1.375f, 0.5f, rgb);
        assertThat(rgb[0]).isCloseTo(1, within(1e-6f));
        texture.sample(texture.level(2), 0.3f, 0.7f, rgb);
        assertThat(rgb[0]).isCloseTo(0.5f, within(1e-6f));
        assertThat(texture.level(0.1)).isZero();
        assertThat(texture.level(1e9)).isEqualTo(2);
    }
}
