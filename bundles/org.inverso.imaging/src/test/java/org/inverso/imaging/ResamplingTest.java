/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

class ResamplingTest {

    private static final int ROUNDING = 1;

    private final ImageIoImaging imaging = new ImageIoImaging();

    @Test
    void cropAveragesOverTheArea() {
        Image image = random(37, 29, 3);
        Plane alpha = randomPlane(37, 29, 4);
        CropRegion region = new CropRegion(-3.3f, 4.2f, 31.7f);
        Image crop = imaging.crop(photo(image, false), matte(alpha), region, 9).pixels();
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 9; x++) {
                double[] expected = average(image, alpha, region, 9, x, y);
                for (int c = 0; c < 4; c++) {
                    assertThat(crop.get(x, y, c))
                            .as("pixel %d, %d channel %d", x, y, c)
                            .isCloseTo((int) Math.round(expected[c]), within(ROUNDING));
                }
            }
        }
    }

    @Test
    void cropOfTheWholePhotoAtItsSizeIsThePhoto() {
        Image image = random(16, 16, 8);
        Image crop =
                imaging.crop(
                                photo(image, false),
                                matte(plane(16, 16, 1)),
                                new CropRegion(0, 0, 16),
                                16)
                        .pixels();
        assertThat(crop.rgba()).isEqualTo(image.rgba());
    }

    @Test
    void outsideThePhotoIsTransparentBlack() {
        Image image = random(10, 10, 8);
        Image crop =
                imaging.crop(
                                photo(image, false),
                                matte(plane(10, 10, 1)),
                                new CropRegion(-10, -10, 20),
                                20)
                        .pixels();
        assertThat(rgba(crop, 3, 3)).containsOnly(0);
        assertThat(rgba(crop, 15, 3)).containsOnly(0);
        assertThat(rgba(crop, 15, 15)).isEqualTo(rgba(image, 5, 5));
        Image beyond =
                imaging.crop(
                                photo(image, false),
                                matte(plane(10, 10, 1)),
                                new CropRegion(500, -800, 20),
                                40)
                        .pixels();
        assertThat(beyond.rgba()).containsOnly(0);
    }

    @Test
    void transparentPixelsOfThePhotoDoNotBleed() {
        Image image = Image.blank(8, 8);
        for (int i = 0; i < 64; i++) {
            boolean visible = i % 2 == 0;
            image.rgba()[4 * i] = (byte) (visible ? 200 : 0);
            image.rgba()[4 * i + 3] = (byte) (visible ? 255 : 0);
        }
        Image crop =
                imaging.crop(
                                photo(image, true),
                                matte(plane(8, 8, 0.5f)),
                                new CropRegion(0, 0, 8),
                                2)
                        .pixels();
        assertThat(rgba(crop, 0, 0)).containsExactly(200, 0, 0, 128);
        assertThat(rgba(imaging.resize(image, 4, 4), 2, 2)).containsExactly(200, 0, 0, 128);
    }

    @Test
    void enlargesBilinearly() {
        Image image = Image.blank(2, 1);
        Arrays.fill(image.rgba(), (byte) 255);
        image.rgba()[0] = 0;
        Image wide = imaging.resize(image, 4, 3);
        for (int y = 0; y < 3; y++) {
            int row = y;
            assertThat(IntStream.range(0, 4).map(x -> wide.get(x, row, 0)))
                    .containsExactly(0, 64, 191, 255);
        }
    }

    @Test
    void resizeKeepsTheMean() {
        Image image = random(300, 200, 2);
        Image small = imaging.resize(image, 31, 17);
        assertThat(mean(small)).isCloseTo(mean(image), within(0.5));
    }

    @Test
    void pngIsLosslessAndDeterministic() {
        Image opaque = random(33, 21, 6);
        byte[] png = imaging.encodePng(opaque);
        assertThat(imaging.encodePng(opaque)).isEqualTo(png);
        Photo read = imaging.decode("a.png", png);
        assertThat(read.image().rgba()).isEqualTo(opaque.rgba());
        assertThat(read.hasAlpha()).isFalse();
        Image clear = random(5, 4, 6);
        clear.rgba()[3] = 7;
        assertThat(imaging.decode("b.png", imaging.encodePng(clear)).image().rgba())
                .isEqualTo(clear.rgba());
    }

    @Test
    void jpegIsCloseAndDeterministicAndDropsAlpha() {
        Image image =
                imaging.decode("p.png", PictureFiles.file("png", PictureFiles.photoLike(160, 120)))
                        .image();
        byte[] jpeg = imaging.encodeJpeg(image, 0.9f);
        assertThat(imaging.encodeJpeg(image, 0.9f)).isEqualTo(jpeg);
        Image read = imaging.decode("p.jpg", jpeg).image();
        assertThat(mean(read)).isCloseTo(mean(image), within(1.0));
        assertThat(jpeg.length).isGreaterThan(imaging.encodeJpeg(image, 0.3f).length);
        Image clear = Image.blank(8, 8);
        Arrays.fill(clear.rgba(), (byte) 128);
        assertThat(rgba(imaging.decode("c.jpg", imaging.encodeJpeg(clear, 0.9f)).image(), 4, 4))
                .containsExactly(128, 128, 128, 255);
    }

    @Test
    void refusesAMatteOfAnotherSize() {
        assertThatThrownBy(
                        () ->
                                imaging.crop(
                                        photo(random(4, 4, 1), false),
                                        matte(plane(5, 4, 1)),
                                        new CropRegion(0, 0, 4),
                                        4))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The definition, in the simplest way: every source pixel's overlap with the area. */
    private static double[] average(
            Image image, Plane alpha, CropRegion region, int size, int x, int y) {
        double side = region.size() / (double) size;
        double left = region.x() + x * side;
        double top = region.y() + y * side;
        double[] sums = new double[4];
        double inside = 0;
        for (int v = 0; v < image.height(); v++) {
            for (int u = 0; u < image.width(); u++) {
                double w = Math.min(left + side, u + 1) - Math.max(left, u);
                double h = Math.min(top + side, v + 1) - Math.max(top, v);
                if (w > 0 && h > 0) {
                    inside += w * h;
                    for (int c = 0; c < 3; c++) {
                        sums[c] += w * h * image.get(u, v, c);
                    }
                    sums[3] += w * h * 255 * alpha.get(u, v);
                }
            }
        }
        for (int c = 0; c < 3; c++) {
            sums[c] = inside > 0 ? sums[c] / inside : 0;
        }
        sums[3] /= side * side;
        return sums;
    }

    private static Photo photo(Image image, boolean hasAlpha) {
        return new Photo("test", "", image, hasAlpha, Optional.empty());
    }

    private static Matte matte(Plane alpha) {
        return new Matte(alpha, "test");
    }

    private static Image random(int width, int height, long seed) {
        Image image = Image.blank(width, height);
        new Random(seed).nextBytes(image.rgba());
        for (int i = 3; i < image.rgba().length; i += 4) {
            image.rgba()[i] = -1;
        }
        return image;
    }

    private static Plane plane(int width, int height, float value) {
        Plane plane = new Plane(width, height, new float[width * height]);
        Arrays.fill(plane.values(), value);
        return plane;
    }

    private static Plane randomPlane(int width, int height, long seed) {
        Plane plane = plane(width, height, 0);
        Random random = new Random(seed);
        for (int i = 0; i < plane.values().length; i++) {
            plane.values()[i] = random.nextFloat();
        }
        return plane;
    }

    private static int[] rgba(Image image, int x, int y) {
        return new int[] {
            image.get(x, y, 0), image.get(x, y, 1), image.get(x, y, 2), image.get(x, y, 3)
        };
    }

    private static double mean(Image image) {
        double sum = 0;
        for (byte value : image.rgba()) {
            sum += value & 0xff;
        }
        return sum / image.rgba().length;
    }
}
