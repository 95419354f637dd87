/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.inverso.api.image.Image;

/**
 * Moving pictures as animated PNG: the data of still ones, put one after another as the format's
 * specification (PNG, third edition, section 11.3.6) has it. Readers that do not know it show the
 * first frame.
 */
public final class AnimatedPng {

    private static final int SIGNATURE = 8;

    /** Length, type and checksum of a chunk. */
    private static final int FRAMING = 12;

    private static final short MILLIS_A_SECOND = 1000;

    private final PictureEncoder encoder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Of the chunks that say how an animation goes on. */
    private int sequence;

    public AnimatedPng(PictureEncoder encoder) {
        this.encoder = encoder;
    }

    /** For one animation. */
    public byte[] bytes(List<Image> frames, int frameMillis) {
        for (int i = 0; i < frames.size(); i++) {
            Image frame = frames.get(i);
            byte[] png = encoder.png(opaque(frame));
            if (i == 0) {
                int header = FRAMING + ByteBuffer.wrap(png).getInt(SIGNATURE);
                out.write(png, 0, SIGNATURE + header);
                chunk("acTL", ByteBuffer.allocate(8).putInt(frames.size()).putInt(0).array());
            }
            control(frame, frameMillis);
            for (byte[] data : data(png)) {
                if (i == 0) {
                    chunk("IDAT", data);
                } else {
                    chunk(
                            "fdAT",
                            ByteBuffer.allocate(Integer.BYTES + data.length)
                                    .putInt(sequence++)
                                    .put(data)
                                    .array());
                }
            }
        }
        chunk("IEND", new byte[0]);
        return out.toByteArray();
    }

    private static Image opaque(Image image) {
        byte[] rgba = image.rgba().clone();
        for (int i = 3; i < rgba.length; i += 4) {
            rgba[i] = -1;
        }
        return new Image(image.width(), image.height(), rgba);
    }

    /** Shown whole, for so long, in place of what was there. */
    private void control(Image frame, int millis) {
        chunk(
                "fcTL",
                ByteBuffer.allocate(26)
                        .putInt(sequence++)
                        .putInt(frame.width())
                        .putInt(frame.height())
                        .putInt(0)
                        .putInt(0)
                        .putShort((short) millis)
                        .putShort(MILLIS_A_SECOND)
                        .putShort((short) 0)
                        .array());
    }

    /** Contents of the chunks with pixels. */
    private static List<byte[]> data(byte[] png) {
        List<byte[]> found = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(png);
        for (int at = SIGNATURE; at < png.length; at += FRAMING + buffer.getInt(at)) {
            int from = at + 8;
            if (new String(png, at + 4, 4, StandardCharsets.US_ASCII).equals("IDAT")) {
                found.add(Arrays.copyOfRange(png, from, from + buffer.getInt(at)));
            }
        }
        return found;
    }

    private void chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(
                ByteBuffer.allocate(FRAMING + data.length)
                        .putInt(data.length)
                        .put(name)
                        .put(data)
                        .putInt((int) crc.getValue())
                        .array());
    }
}
