/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import kotlin.Unit;
import org.junit.jupiter.api.Test;

class WebPEncoderTest {

    private static final int WIDTH = 75;
    private static final int HEIGHT = 41;

    private final WebPEncoder encoder = new WebPEncoder(0.85f);

    /** Lighter to the right, with a lamp. */
    private static BufferedImage picture(int lamp) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = picture.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.DARK_GRAY, WIDTH, HEIGHT, Color.WHITE));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setPaint(Color.RED);
        graphics.fillOval(lamp, 10, 20, 15);
        graphics.dispose();
        return picture;
    }

    private byte[] encode(int lamp) {
        try {
            return encoder.encode(picture(lamp));
        } catch (WebPUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void fileHasOnePictureOfItsSizeAndNothingElse() {
        byte[] file = encode(5);

        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(buffer.getInt(4)).isEqualTo(file.length - 8);
        assertThat(new String(file, 8, 8, StandardCharsets.US_ASCII)).isEqualTo("WEBPVP8 ");
        // RFC 6386, section 9.1: three bytes of tag, three of start code, then the size.
        assertThat(buffer.getShort(26)).isEqualTo((short) WIDTH);
        assertThat(buffer.getShort(28)).isEqualTo((short) HEIGHT);
    }

    @Test
    void manyThreadsGetTheBytesThatOneGets() {
        List<byte[]> alone = IntStream.range(0, 12).mapToObj(this::encode).toList();
        List<byte[]> together = IntStream.range(0, 12).parallel().mapToObj(this::encode).toList();

        for (int i = 0; i < alone.size(); i++) {
            assertThat(together.get(i)).isEqualTo(alone.get(i));
        }
        assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
    }

    @Test
    void qualityTellsHowMuchIsKept() throws WebPUnavailableException {
        assertThat(new WebPEncoder(0.3f).encode(picture(5)).length).isLessThan(encode(5).length);
        assertThatThrownBy(() -> new WebPEncoder(85))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("85");
    }

    @Test
    void withoutLibraryItSaysForWhichMachine() throws Exception {
        URL[] classes = {
            WebPEncoder.class.getProtectionDomain().getCodeSource().getLocation(),
            Unit.class.getProtectionDomain().getCodeSource().getLocation()
        };
        String architecture = System.getProperty("os.arch");
        System.setProperty("os.arch", "z80");
        // What is loaded in this one is loaded for good.
        try (URLClassLoader another =
                new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = another.loadClass(WebPEncoder.class.getName());
            Object encoder = type.getConstructor(float.class).newInstance(0.85f);
            assertThatThrownBy(
                            () ->
                                    type.getMethod("encode", BufferedImage.class)
                                            .invoke(encoder, picture(5)))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageStartingWith("this build has no libwebp for ")
                    .hasMessageEndingWith(" on z80");
        } finally {
            System.setProperty("os.arch", architecture);
        }
    }
}
