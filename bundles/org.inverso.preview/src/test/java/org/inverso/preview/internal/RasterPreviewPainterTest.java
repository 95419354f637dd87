/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.inverso.api.image.Photo;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.preview.internal.Canvas.Box;
import org.inverso.rasterizer.JvmRasterizer;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RasterPreviewPainterTest {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;

    private static JvmRasterizer rasterizer;

    private final Layout layout = Layout.of(WIDTH, HEIGHT, 6);

    @BeforeAll
    static void openRasterizer() {
        rasterizer = new JvmRasterizer(2);
    }

    @AfterAll
    static void closeRasterizer() {
        rasterizer.close();
    }

    /** A blue photo, over which the box stands in the middle, seen from the front right. */
    private static Image paint(Asset asset) {
        Photo photo =
                new Photo(
                        "blue.png",
                        "",
                        BoxAsset.plain(WIDTH, HEIGHT, 20, 40, 200),
                        false,
                        Optional.empty());
        OrbitCamera camera = new OrbitCamera(30, 15, 0, 9, 3, 0, 0, new Vector3f(0, 0.5f, 0));
        Matrix4f projection =
                new Matrix4f()
                        .scaling(HEIGHT / (float) WIDTH, 1, 1)
                        .mul(camera.projection(new Matrix4f()));
        return new RasterPreviewPainter()
                .paint(photo, asset, camera.view(new Matrix4f()), projection, rasterizer);
    }

    /** Channel of a pixel at a part of the width and height of a box. */
    private static int at(Image image, Box box, double x, double y, int channel) {
        return image.get(
                box.x() + (int) (x * box.width()), box.y() + (int) (y * box.height()), channel);
    }

    private static boolean reddish(Image image, Box box, double x, double y) {
        int red = at(image, box, x, y, 0);
        return red > at(image, box, x, y, 1) + 40 && red > at(image, box, x, y, 2) + 40;
    }

    @Test
    void photoIsShownAsItIs() {
        Image image = paint(BoxAsset.of(220, 30, 30));

        assertThat(at(image, layout.photo(), 0.5, 0.5, 0)).isBetween(19, 21);
        assertThat(at(image, layout.photo(), 0.5, 0.5, 1)).isBetween(39, 41);
        assertThat(at(image, layout.photo(), 0.5, 0.5, 2)).isBetween(199, 201);
    }

    @Test
    void overlayShowsTheAssetWhereTheCameraSeesIt() {
        Image image = paint(BoxAsset.of(220, 30, 30));

        assertThat(reddish(image, layout.overlay(), 0.5, 0.5)).isTrue();
        assertThat(at(image, layout.overlay(), 0.05, 0.1, 2)).isBetween(199, 201);
        assertThat(at(image, layout.overlay(), 0.05, 0.1, 0)).isBetween(19, 21);
    }

    @Test
    void overlayHasALineAroundTheAsset() {
        Image image = paint(BoxAsset.of(20, 40, 200));
        Box box = layout.overlay();

        // Asset and photo are blue; what is orange, though mixed with them, can only be the line.
        int orange = 0;
        for (int x = 0; x < box.width(); x++) {
            int px = box.x() + x;
            int py = box.y() + box.height() / 2;
            if (image.get(px, py, 0) > 140) {
                orange++;
            }
        }
        assertThat(orange).isBetween(2, 10);
    }

    @Test
    void everyCardOfTheTurntableShowsTheAsset() {
        Image image = paint(BoxAsset.of(220, 30, 30));

        assertThat(layout.turntable())
                .allSatisfy(box -> assertThat(reddish(image, box, 0.5, 0.5)).isTrue())
                .allSatisfy(box -> assertThat(reddish(image, box, 0.03, 0.5)).isFalse());
    }

    @Test
    void clayHasNoTextureAndAtlasNothingElse() {
        Image image = paint(BoxAsset.of(220, 30, 30));

        assertThat(reddish(image, layout.clay(), 0.5, 0.5)).isFalse();
        assertThat(at(image, layout.clay(), 0.5, 0.5, 0))
                .as("clay differs from the wall")
                .isNotEqualTo(at(image, layout.clay(), 0.5, 0.08, 0));
        assertThat(at(image, layout.atlas(), 0.5, 0.5, 0)).isBetween(219, 221);
        assertThat(at(image, layout.atlas(), 0.5, 0.5, 1)).isBetween(29, 31);
    }

    @Test
    void assetWithoutTextureIsPaintedToo() {
        Image image = paint(BoxAsset.untextured());

        assertThat(at(image, layout.turntable().get(0), 0.5, 0.5, 0)).isGreaterThan(100);
        assertThat(at(image, layout.atlas(), 0.5, 0.5, 0)).isLessThan(60);
    }

    @Test
    void samePaintingTwiceGivesTheSameBytes() {
        Asset asset = BoxAsset.of(220, 30, 30);

        assertThat(paint(asset).rgba()).isEqualTo(paint(asset).rgba());
    }

    @Test
    void posterShowsTheAssetAloneOnTransparentGround() {
        OrbitCamera camera = new OrbitCamera(30, 15, 0, 9, 3, 0, 0, new Vector3f(0, 0.5f, 0));
        Image poster =
                new RasterPreviewPainter()
                        .poster(
                                BoxAsset.of(220, 30, 30),
                                camera.view(new Matrix4f()),
                                camera.projection(new Matrix4f()),
                                90,
                                90,
                                rasterizer);

        assertThat(poster.get(45, 45, 3)).isEqualTo(255);
        assertThat(poster.get(45, 45, 0)).isGreaterThan(poster.get(45, 45, 2) + 40);
        assertThat(poster.get(1, 1, 3)).isZero();
    }

    @Test
    void placedAssetDarkensTheGroundBeforeItsBackground() {
        byte[] green = new byte[4 * 90 * 90];
        for (int i = 0; i < green.length; i += 4) {
            green[i + 1] = (byte) 160;
            green[i + 3] = -1;
        }
        Image background = new Image(90, 90, green);
        Image bright = placed(background, false);
        Image shaded = placed(background, true);

        assertThat(bright.get(1, 1, 1)).isEqualTo(160);
        assertThat(bright.get(45, 45, 0)).isGreaterThan(bright.get(45, 45, 2) + 40);
        assertThat(shaded.get(45, 45, 0)).isEqualTo(bright.get(45, 45, 0));
        assertThat(sum(shaded)).isLessThan(sum(bright) - 1000);
        assertThat(shaded.get(1, 1, 1)).isEqualTo(160);
    }

    private Image placed(Image background, boolean shadow) {
        OrbitCamera camera = new OrbitCamera(30, 15, 0, 9, 3, 0, 0, new Vector3f(0, 0.5f, 0));
        return new RasterPreviewPainter()
                .place(
                        BoxAsset.of(220, 30, 30),
                        background,
                        camera.view(new Matrix4f()),
                        camera.projection(new Matrix4f()),
                        shadow,
                        rasterizer);
    }

    private static long sum(Image image) {
        long sum = 0;
        for (byte value : image.rgba()) {
            sum += value & 0xff;
        }
        return sum;
    }

    @Test
    void turntableGoesOnceAround() {
        List<Image> frames =
                new RasterPreviewPainter()
                        .turntable(BoxAsset.of(220, 30, 30), 8, 80, 60, rasterizer);

        assertThat(frames).hasSize(8);
        assertThat(frames).extracting(Image::width).containsOnly(80);
        assertThat(frames.get(0).rgba()).isNotEqualTo(frames.get(1).rgba());
        assertThat(frames)
                .allSatisfy(f -> assertThat(f.get(40, 32, 0)).isGreaterThan(f.get(40, 32, 2)));
    }
}
