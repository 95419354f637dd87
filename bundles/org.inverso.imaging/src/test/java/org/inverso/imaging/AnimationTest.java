/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.inverso.api.Imaging.AnimationFormat;
import org.inverso.api.image.Image;
import org.junit.jupiter.api.Test;

class AnimationTest {

    private static final int SIDE = 5;

    private final ImageIoImaging imaging = new ImageIoImaging();
    private final List<Image> frames =
            List.of(plain(250, 0, 0), plain(0, 250, 0), plain(0, 0, 250));

    /** With some transparency, which a moving picture does not keep. */
    private static Image plain(int red, int green, int blue) {
        byte[] rgba = new byte[4 * SIDE * SIDE];
        for (int i = 0; i < rgba.length; i += 4) {
            rgba[i] = (byte) red;
            rgba[i + 1] = (byte) green;
            rgba[i + 2] = (byte) blue;
            rgba[i + 3] = (byte) 128;
        }
        return new Image(SIDE, SIDE, rgba);
    }

    @Test
    void gifShowsEachFrameForItsTimeAndBeginsAgain() throws IOException {
        byte[] gif = imaging.encodeAnimation(frames, 80, AnimationFormat.GIF);

        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(3);
            assertThat(reader.read(0).getRGB(2, 2)).isEqualTo(0xfffa0000);
            assertThat(reader.read(2).getRGB(2, 2)).isEqualTo(0xff0000fa);
        } finally {
            reader.dispose();
        }
        String text = new String(gif, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("NETSCAPE2.0", "\u0021\u00f9\u0004\u0000\u0008\u0000");
    }

    @Test
    void pngHasAFrameForEachAndShowsTheFirstToReadersThatKnowNoOther() throws IOException {
        byte[] png = imaging.encodeAnimation(frames, 80, AnimationFormat.PNG);

        BufferedImage first = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(first.getRGB(0, 0)).isEqualTo(0xfffa0000);
        assertThat(chunks(png))
                .containsExactly(
                        "IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND");
    }

    @Test
    void webpShowsEachFrameForItsTimeAndBeginsAgain() {
        byte[] webp = imaging.encodeAnimation(frames, 80, AnimationFormat.WEBP);

        ByteBuffer file = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(webp, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(file.getInt(4)).isEqualTo(webp.length - 8);
        assertThat(new String(webp, 8, 4, StandardCharsets.US_ASCII)).isEqualTo("WEBP");
        List<String> types = new ArrayList<>();
        int at = 12;
        while (at < webp.length) {
            String type = new String(webp, at, 4, StandardCharsets.US_ASCII);
            types.add(type);
            int length = file.getInt(at + 4);
            int data = at + 8;
            switch (type) {
                case "VP8X" -> {
                    assertThat(length).isEqualTo(10);
                    assertThat(file.getInt(data)).as("animated, and nothing else").isEqualTo(2);
                    assertThat(uint24(file, data + 4)).isEqualTo(SIDE - 1);
                    assertThat(uint24(file, data + 7)).isEqualTo(SIDE - 1);
                }
                case "ANIM" -> {
                    assertThat(length).isEqualTo(6);
                    assertThat(file.getShort(data + 4)).as("forever").isZero();
                }
                default -> {
                    assertThat(uint24(file, data)).as("x").isZero();
                    assertThat(uint24(file, data + 3)).as("y").isZero();
                    assertThat(uint24(file, data + 6)).isEqualTo(SIDE - 1);
                    assertThat(uint24(file, data + 9)).isEqualTo(SIDE - 1);
                    assertThat(uint24(file, data + 12)).as("milliseconds").isEqualTo(80);
                    assertThat(webp[data + 15])
                            .as("neither blended nor disposed")
                            .isEqualTo((byte) 2);
                    assertThat(new String(webp, data + 16, 4, StandardCharsets.US_ASCII))
                            .isEqualTo("VP8 ");
                    assertThat(16 + 8 + even(file.getInt(data + 20))).isEqualTo(length);
                }
            }
            at = data + even(length);
        }
        assertThat(at).isEqualTo(webp.length);
        assertThat(types).containsExactly("VP8X", "ANIM", "ANMF", "ANMF", "ANMF");
    }

    @Test
    void webpShowsTheFramesWithHardlyVisibleLoss() throws IOException {
        List<Image> pictures = List.of(lamp(36), lamp(80));
        byte[] webp = imaging.encodeAnimation(pictures, 80, AnimationFormat.WEBP);

        ImageReader reader = new WebPImageReaderSpi().createReaderInstance();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(webp))) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                assertThat(decibels(pictures.get(i), reader.read(i))).isGreaterThan(33);
                assertThat(decibels(pictures.get(i), reader.read(1 - i))).isLessThan(20);
            }
        } finally {
            reader.dispose();
        }
        assertThat(imaging.decode("a.webp", webp).image().width()).isEqualTo(148);
    }

    @Test
    void sameFramesGiveTheSameBytes() {
        for (AnimationFormat format : AnimationFormat.values()) {
            assertThat(imaging.encodeAnimation(frames, 40, format))
                    .isEqualTo(new ImageIoImaging().encodeAnimation(frames, 40, format));
        }
    }

    /** A red lamp on blue paint, which gets lighter to the right. */
    private static Image lamp(int left) {
        Image image = Image.blank(148, 92);
        for (int y = 0; y < 92; y++) {
            for (int x = 0; x < 148; x++) {
                boolean lit = x >= left && x < left + 32 && y >= 24 && y < 56;
                int at = 4 * (148 * y + x);
                image.rgba()[at] = (byte) (lit ? 240 : 40 + x / 4);
                image.rgba()[at + 1] = (byte) (lit ? 20 : 60 + x / 2);
                image.rgba()[at + 2] = (byte) (lit ? 30 : 120 + x / 2);
                image.rgba()[at + 3] = -1;
            }
        }
        return image;
    }

    /** Ratio of the largest signal to the mean difference. */
    private static double decibels(Image expected, BufferedImage actual) {
        assertThat(actual.getWidth()).isEqualTo(expected.width());
        assertThat(actual.getHeight()).isEqualTo(expected.height());
        double sum = 0;
        for (int y = 0; y < expected.height(); y++) {
            for (int x = 0; x < expected.width(); x++) {
                int rgb = actual.getRGB(x, y);
                for (int c = 0; c < 3; c++) {
                    int difference = expected.get(x, y, c) - (rgb >> 16 - 8 * c & 0xff);
                    sum += difference * difference;
                }
            }
        }
        double mean = sum / (3.0 * expected.width() * expected.height());
        return 10 * Math.log10(255 * 255 / mean);
    }

    private static int uint24(ByteBuffer buffer, int at) {
        return buffer.getShort(at) & 0xffff | (buffer.get(at + 2) & 0xff) << 16;
    }

    private static int even(int length) {
        return length + (length & 1);
    }

    /** Types in their order, of chunks whose checksums are right. */
    private static List<String> chunks(byte[] png) {
        List<String> types = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(png);
        int at = 8;
        while (at < png.length) {
            int length = buffer.getInt(at);
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, 4 + length);
            assertThat(buffer.getInt(at + 8 + length)).isEqualTo((int) crc.getValue());
            types.add(new String(png, at + 4, 4, StandardCharsets.US_ASCII));
            at += 12 + length;
        }
        return types;
    }
}
