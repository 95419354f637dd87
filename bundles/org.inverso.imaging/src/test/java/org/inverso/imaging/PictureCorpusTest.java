/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.inverso.api.PhotoException;
import org.inverso.api.PhotoException.Reason;
import org.inverso.api.image.Image;
import org.inverso.api.image.Photo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format and every kind of broken file, generated here. */
class PictureCorpusTest {

    private static final int EXACT = 0;

    /** JPEG at quality 0.95, away from the card's colour borders. */
    private static final int LOSSY = 8;

    private final ImageIoImaging imaging = new ImageIoImaging();

    static Stream<Arguments> cards() {
        BufferedImage rgb = PictureFiles.card(BufferedImage.TYPE_INT_RGB);
        BufferedImage bgr = PictureFiles.card(BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage indexed = PictureFiles.card(BufferedImage.TYPE_BYTE_INDEXED);
        return Stream.of(
                Arguments.of("baseline.jpg", PictureFiles.file("jpeg", rgb), LOSSY),
                Arguments.of("progressive.jpg", PictureFiles.progressiveJpeg(rgb), LOSSY),
                // Ink on paper has no pure red, green or blue.
                Arguments.of("cmyk.jpg", PictureFiles.cmykJpeg(), 110),
                Arguments.of("rgb.png", PictureFiles.file("png", rgb), EXACT),
                Arguments.of("indexed.png", PictureFiles.file("png", indexed), EXACT),
                Arguments.of("lossless.webp", PictureFiles.webp("lossless"), EXACT),
                Arguments.of("lossy.webp", PictureFiles.webp("lossy"), 3 * LOSSY),
                Arguments.of("card.bmp", PictureFiles.file("bmp", bgr), EXACT),
                Arguments.of("card.gif", PictureFiles.file("gif", indexed), EXACT),
                Arguments.of("plain.tif", PictureFiles.tiff(rgb, null), EXACT),
                Arguments.of("lzw.tif", PictureFiles.tiff(rgb, "LZW"), EXACT),
                Arguments.of("zlib.tif", PictureFiles.tiff(rgb, "ZLib"), EXACT),
                Arguments.of("jpeg.tif", PictureFiles.tiff(rgb, "JPEG"), 3 * LOSSY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cards")
    void decodesEveryFormat(String name, byte[] file, int tolerance) {
        Photo photo = imaging.decode(name, file);
        assertCard(photo.image(), tolerance);
        assertThat(photo.hasAlpha()).isFalse();
        assertThat(photo.sha256()).matches("[0-9a-f]{64}");
        assertThat(photo.mask()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsUpright(int orientation) {
        BufferedImage stored = PictureFiles.storedFor(orientation);
        byte[] jpeg = PictureFiles.withExif(PictureFiles.file("jpeg", stored), orientation);
        assertCard(imaging.decode("turned.jpg", jpeg).image(), LOSSY);
        byte[] png = PictureFiles.pngWithExif(PictureFiles.file("png", stored), orientation);
        assertCard(imaging.decode("turned.png", png).image(), EXACT);
    }

    @Test
    void turnsLargerPicturesPixelByPixel() {
        BufferedImage stored = PictureFiles.photoLike(150, 101);
        byte[] png = PictureFiles.pngWithExif(PictureFiles.file("png", stored), 6);
        Image upright = imaging.decode("turned.png", png).image();
        assertThat(upright.width()).isEqualTo(101);
        for (int y = 0; y < 101; y++) {
            for (int x = 0; x < 150; x++) {
                assertThat(rgb(upright, 100 - y, x)).isEqualTo(stored.getRGB(x, y) & 0xffffff);
            }
        }
    }

    @Test
    void keepsAlphaStraight() {
        Photo png = imaging.decode("cut.png", PictureFiles.file("png", PictureFiles.cutOutCard()));
        assertThat(png.hasAlpha()).isTrue();
        assertThat(png.image().get(3, 3, 3)).isEqualTo(255);
        assertThat(png.image().get(28, 20, 3)).isZero();
        Photo webp = imaging.decode("cut.webp", PictureFiles.webp("alpha"));
        assertThat(webp.hasAlpha()).isTrue();
        assertThat(webp.image().get(3, 3, 3)).isEqualTo(255);
        assertThat(webp.image().get(28, 20, 3)).isZero();
    }

    @Test
    void opaqueAlphaChannelIsNoAlpha() {
        byte[] png = PictureFiles.file("png", PictureFiles.card(BufferedImage.TYPE_INT_ARGB));
        assertThat(imaging.decode("card.png", png).hasAlpha()).isFalse();
    }

    static Stream<Arguments> ramps() {
        BufferedImage gray8 = PictureFiles.grayRamp(BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage gray16 = PictureFiles.grayRamp(BufferedImage.TYPE_USHORT_GRAY);
        return Stream.of(
                Arguments.of("gray8.png", PictureFiles.file("png", gray8), EXACT),
                Arguments.of("gray16.png", PictureFiles.file("png", gray16), EXACT),
                Arguments.of("gray.tif", PictureFiles.tiff(gray8, null), EXACT),
                Arguments.of("gray.jpg", PictureFiles.file("jpeg", gray8), 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ramps")
    void grayKeepsItsValues(String name, byte[] file, int tolerance) {
        Image ramp = imaging.decode(name, file).image();
        for (int x = 0; x < 256; x++) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(Math.abs(ramp.get(x, 8, channel) - x)).isLessThanOrEqualTo(tolerance);
            }
        }
    }

    @Test
    void embeddedProfilesAreConvertedToSrgb() {
        BufferedImage half = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            half.setRGB(i % 16, i / 16, 0x808080);
        }
        byte[] jpeg = PictureFiles.file("jpeg", half);
        byte[] linear =
                PictureFiles.withProfile(
                        jpeg, ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());
        assertThat(imaging.decode("srgb.jpg", jpeg).image().get(8, 8, 1)).isCloseTo(128, within(2));
        // IEC 61966-2-1: 1.055 (128 / 255)^(1 / 2.4) - 0.055 = 0.737
        assertThat(imaging.decode("linear.jpg", linear).image().get(8, 8, 1))
                .isCloseTo(188, within(2));
    }

    static Stream<Arguments> broken() {
        byte[] jpeg = PictureFiles.file("jpeg", PictureFiles.photoLike(320, 240));
        byte[] png = PictureFiles.file("png", PictureFiles.photoLike(64, 48));
        byte[] badSum = png.clone();
        badSum[100] ^= 1;
        byte[] text = "This is not a picture.\n".getBytes(StandardCharsets.UTF_8);
        byte[] heic = "\0\0\0\u0018ftypheic....".getBytes(StandardCharsets.ISO_8859_1);
        byte[] progressive = PictureFiles.progressiveJpeg(PictureFiles.photoLike(320, 240));
        return Stream.of(
                Arguments.of(new byte[0], Reason.EMPTY, "broken.jpg is empty"),
                Arguments.of(text, Reason.UNKNOWN_FORMAT, "it holds text"),
                Arguments.of(heic, Reason.UNKNOWN_FORMAT, "it holds a HEIC picture"),
                Arguments.of(new byte[4096], Reason.UNKNOWN_FORMAT, "data of an unknown kind"),
                Arguments.of(cut(jpeg, 0.5), Reason.DAMAGED, "damaged JPEG file: it ends"),
                Arguments.of(cut(jpeg, 0.99), Reason.DAMAGED, "damaged JPEG file: it ends"),
                Arguments.of(cut(progressive, 0.3), Reason.DAMAGED, "damaged JPEG file: it ends"),
                Arguments.of(Arrays.copyOf(jpeg, 4), Reason.DAMAGED, "damaged JPEG file"),
                Arguments.of(closed(cut(jpeg, 0.5)), Reason.DAMAGED, "part of its data cannot"),
                Arguments.of(cut(png, 0.5), Reason.DAMAGED, "damaged PNG file: it ends"),
                Arguments.of(Arrays.copyOf(png, 8), Reason.DAMAGED, "it has no header"),
                Arguments.of(badSum, Reason.DAMAGED, "a checksum in it is wrong"),
                Arguments.of(
                        cut(PictureFiles.webp("lossy"), 0.6), Reason.DAMAGED, "damaged WebP file"),
                Arguments.of(
                        cut(PictureFiles.file("gif", PictureFiles.grayRamp(13)), 0.6),
                        Reason.DAMAGED,
                        "damaged GIF file"),
                Arguments.of(
                        cut(PictureFiles.file("bmp", PictureFiles.photoLike(64, 48)), 0.6),
                        Reason.DAMAGED,
                        "damaged BMP file"),
                Arguments.of(
                        cut(PictureFiles.tiff(PictureFiles.photoLike(64, 48), null), 0.6),
                        Reason.DAMAGED,
                        "damaged TIFF file"),
                Arguments.of(
                        PictureFiles.pngClaiming(60000, 60000),
                        Reason.TOO_LARGE,
                        "60000 x 60000 pixels, the limit is 64 megapixels"),
                Arguments.of(
                        PictureFiles.pngClaiming(Integer.MAX_VALUE, Integer.MAX_VALUE),
                        Reason.TOO_LARGE,
                        "the limit is 64 megapixels"),
                Arguments.of(
                        PictureFiles.pngClaiming(0, 10), Reason.DAMAGED, "its header says 0 x 10"),
                Arguments.of(
                        PictureFiles.pngClaiming(2000, 2000), Reason.DAMAGED, "damaged PNG file"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("broken")
    void saysInOneLineWhatIsWrong(byte[] file, Reason reason, String message) {
        assertThatThrownBy(() -> imaging.decode("broken.jpg", file))
                .isInstanceOfSatisfying(
                        PhotoException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageStartingWith("broken.jpg ")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void limitsAreConfigurable() {
        ImageIoImaging small = new ImageIoImaging(new Limits(0.0005, 1));
        byte[] card = PictureFiles.file("jpeg", PictureFiles.card(BufferedImage.TYPE_INT_RGB));
        assertThatThrownBy(() -> small.decode("card.jpg", card))
                .hasMessageContaining("32 x 24 pixels, the limit is 5.0E-4 megapixels");
        ImageIoImaging light = new ImageIoImaging(new Limits(64, 0.0001));
        assertThatThrownBy(() -> light.decode("card.jpg", card))
                .isInstanceOfSatisfying(
                        PhotoException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThatThrownBy(() -> new Limits(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void compressedTextIsNeverUnpacked() {
        byte[] bomb = PictureFiles.pngWithTextBomb();
        assertThat(bomb.length).isLessThan(100_000);
        assertCard(imaging.decode("bomb.png", bomb).image(), EXACT);
    }

    @Test
    void brokenExifLeavesThePictureUpright() {
        byte[] jpeg = PictureFiles.file("jpeg", PictureFiles.card(BufferedImage.TYPE_INT_RGB));
        byte[] odd = PictureFiles.withExif(jpeg, 99);
        assertCard(imaging.decode("odd.jpg", odd).image(), LOSSY);
        byte[] garbled = PictureFiles.withExif(jpeg, 6);
        Arrays.fill(garbled, 12, 38, (byte) 0x5a);
        assertCard(imaging.decode("garbled.jpg", garbled).image(), LOSSY);
    }

    /** Whatever the bytes, there is a photo or a typed error, never another exception. */
    @Test
    void randomDamageGivesAPhotoOrATypedError() {
        Random random = new Random(11);
        ImageIoImaging strict = new ImageIoImaging(new Limits(1, 1));
        List<Object[]> cards = cards().map(Arguments::get).toList();
        int refused = 0;
        for (int round = 0; round < 40; round++) {
            for (Object[] card : cards) {
                byte[] file = ((byte[]) card[1]).clone();
                for (int i = 1 + random.nextInt(8); i > 0; i--) {
                    file[random.nextInt(file.length)] = (byte) random.nextInt(256);
                }
                Throwable error = catchThrowable(() -> strict.decode((String) card[0], file));
                if (error != null) {
                    assertThat(error).isInstanceOf(PhotoException.class);
                    refused++;
                }
            }
        }
        assertThat(refused).isBetween(1, 40 * cards.size() - 1);
    }

    @Test
    void everySharedPhotoDecodes() throws IOException {
        Path photos = Path.of(System.getProperty("inverso.shared", ""), "photos");
        assumeTrue(Files.isDirectory(photos), "skipped: ../shared/photos is missing");
        try (Stream<Path> files = Files.walk(photos)) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.(jpg|png)")).toList()) {
                Photo photo = imaging.decode(file.toString(), Files.readAllBytes(file));
                assertThat(photo.width()).as(file.toString()).isGreaterThan(100);
            }
        }
    }

    private static byte[] cut(byte[] file, double part) {
        return Arrays.copyOf(file, (int) (file.length * part));
    }

    /** With an end marker, so that only the decoder notices that data is missing. */
    private static byte[] closed(byte[] jpeg) {
        byte[] closed = Arrays.copyOf(jpeg, jpeg.length + 2);
        closed[jpeg.length] = (byte) 0xff;
        closed[jpeg.length + 1] = (byte) 0xd9;
        return closed;
    }

    private static void assertCard(Image image, int tolerance) {
        assertThat(image.width()).isEqualTo(PictureFiles.WIDTH);
        assertThat(image.height()).isEqualTo(PictureFiles.HEIGHT);
        Map.of(
                        new int[] {5, 5}, new int[] {255, 0, 0, 255},
                        new int[] {26, 5}, new int[] {0, 255, 0, 255},
                        new int[] {5, 19}, new int[] {0, 0, 255, 255},
                        new int[] {26, 19}, new int[] {255, 255, 255, 255})
                .forEach(
                        (at, expected) -> {
                            int[] actual =
                                    IntStream.range(0, 4)
                                            .map(c -> image.get(at[0], at[1], c))
                                            .toArray();
                            for (int c = 0; c < 4; c++) {
                                if (Math.abs(actual[c] - expected[c]) > tolerance) {
                                    fail(
                                            "pixel %s is %s, not %s",
                                            Arrays.toString(at),
                                            Arrays.toString(actual),
                                            Arrays.toString(expected));
                                }
                            }
                        });
    }

    private static int rgb(Image image, int x, int y) {
        return image.get(x, y, 0) << 16 | image.get(x, y, 1) << 8 | image.get(x, y, 2);
    }
}
