/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.inverso.api.InversoException;
import org.inverso.api.image.Image;
import org.inverso.runtime.webp.WebPEncoder;
import org.inverso.runtime.webp.WebPUnavailableException;

/**
 * Moving pictures as WebP: the data of still ones, which libwebp writes, put one after another as
 * the container's specification (RFC 9649, section 2.7) has it.
 */
public final class AnimatedWebP {

    /** Of a turntable, 42 dB in a twelfth of PNG's bytes; what 90 adds to it cannot be seen. */
    private static final float QUALITY = 0.85f;

    /** Type, size, and what the file is. */
    private static final int FILE_HEADER = 12;

    /** Type and size. */
    private static final int CHUNK_HEADER = 8;

    private static final byte ANIMATED = 1 << 1;
    private static final byte NOT_BLENDED = 1 << 1;
    private static final int WHITE = -1;
    private static final short FOREVER = 0;

    private final WebPEncoder encoder = new WebPEncoder(QUALITY);

    public byte[] bytes(List<Image> frames, int frameMillis) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        Image first = frames.get(0);
        chunk(
                chunks,
                "VP8X",
                size(littleEndian(10).putInt(ANIMATED), first.width(), first.height()));
        chunk(chunks, "ANIM", littleEndian(6).putInt(WHITE).putShort(FOREVER));
        List<byte[]> stills = frames.parallelStream().map(this::still).toList();
        for (int i = 0; i < stills.size(); i++) {
            chunk(chunks, "ANMF", frame(frames.get(i), stills.get(i), frameMillis));
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteBuffer contents = littleEndian(4 + chunks.size());
        chunk(file, "RIFF", contents.put(ascii("WEBP")).put(chunks.toByteArray()));
        return file.toByteArray();
    }

    /** A WebP file of one picture. */
    private byte[] still(Image image) {
        try {
            return encoder.encode(PictureEncoder.view(image, false));
        } catch (WebPUnavailableException e) {
            throw new InversoException(
                    "WebP cannot be written: %s; ask for GIF or PNG".formatted(e.getMessage()), e);
        }
    }

    /** Shown whole, for so long, in place of what was there. */
    private static ByteBuffer frame(Image image, byte[] still, int millis) {
        int chunks = still.length - FILE_HEADER;
        ByteBuffer frame = littleEndian(16 + chunks);
        put24(put24(frame, 0), 0);
        put24(size(frame, image.width(), image.height()), millis);
        return frame.put(NOT_BLENDED).put(still, FILE_HEADER, chunks);
    }

    private static ByteBuffer size(ByteBuffer to, int width, int height) {
        return put24(put24(to, width - 1), height - 1);
    }

    private static ByteBuffer put24(ByteBuffer to, int value) {
        return to.putShort((short) value).put((byte) (value >> Short.SIZE));
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String type) {
        return type.getBytes(StandardCharsets.US_ASCII);
    }

    private static void chunk(ByteArrayOutputStream out, String type, ByteBuffer data) {
        int length = data.capacity();
        // Chunks are padded to an even size.
        out.writeBytes(
                littleEndian(CHUNK_HEADER + length + (length & 1))
                        .put(ascii(type))
                        .putInt(length)
                        .put(data.array())
                        .array());
    }
}
