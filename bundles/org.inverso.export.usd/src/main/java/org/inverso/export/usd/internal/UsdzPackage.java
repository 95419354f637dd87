/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip archive as USDZ wants it: nothing is compressed, and each file's bytes begin at a multiple
 * of 64, so that they can be used where they lie. The first file is the layer that opens.
 */
public final class UsdzPackage {

    private static final int ALIGNMENT = 64;

    /** Bytes of a local header without name and extra field. */
    private static final int LOCAL_HEADER = 30;

    /** Bytes of an extra field without content. */
    private static final int EXTRA_HEADER = 4;

    /** The extra field that OpenUSD itself uses for padding. */
    private static final short PADDING = 0x1986;

    /** Always the same. For the earliest that an archive can hold, Java adds a field of its own. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8);

    /** Adds a file. */
    public void add(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        try {
            zip.flush();
            entry.setExtra(
                    padding(
                            bytes.size()
                                    + LOCAL_HEADER
                                    + name.getBytes(StandardCharsets.UTF_8).length));
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An extra field that ends at a multiple of the alignment. */
    private static byte[] padding(int from) {
        int length = EXTRA_HEADER + Math.floorMod(-(from + EXTRA_HEADER), ALIGNMENT);
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(PADDING)
                .putShort((short) (length - EXTRA_HEADER))
                .array();
    }

    /** The archive; nothing can be added any more. */
    public byte[] bytes() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
