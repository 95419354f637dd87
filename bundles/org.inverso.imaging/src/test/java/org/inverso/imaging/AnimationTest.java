/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    void sameFramesGiveTheSameBytes() {
        for (AnimationFormat format : AnimationFormat.values()) {
            assertThat(imaging.encodeAnimation(frames, 40, format))
                    .isEqualTo(new ImageIoImaging().encodeAnimation(frames, 40, format));
        }
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
