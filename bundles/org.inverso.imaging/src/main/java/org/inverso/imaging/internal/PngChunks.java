/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (ISO/IEC 15948, clause 5).
 *
 * <p>Only what the pixels need is handed to the decoder: compressed text and profiles, in which a
 * few bytes can stand for gigabytes, never reach it.
 */
final class PngChunks {

    private static final int SIGNATURE = 8;
    private static final int IHDR = code("IHDR");
    private static final int PLTE = code("PLTE");
    private static final int TRNS = code("tRNS");
    private static final int IDAT = code("IDAT");
    private static final int IEND = code("IEND");
    private static final int EXIF = code("eXIf");

    private PngChunks() {}

    static Container walk(byte[] file) throws DamagedPictureException {
        ByteArrayOutputStream needed = new ByteArrayOutputStream(file.length);
        needed.write(file, 0, SIGNATURE);
        Optional<byte[]> exif = Optional.empty();
        boolean picture = false;
        int at = SIGNATURE;
        while (at + 12 <= file.length) {
            long length = int32(file, at) & 0xffffffffL;
            long end = at + 12 + length;
            if (end > file.length) {
                break;
            }
            int type = int32(file, at + 4);
            if (at == SIGNATURE && type != IHDR) {
                throw new DamagedPictureException("it has no header");
            }
            if (type == IHDR || type == PLTE || type == TRNS || type == IDAT || type == IEND) {
                checkSum(file, at, (int) length);
                needed.write(file, at, (int) length + 12);
            } else if (type == EXIF) {
                exif = Optional.of(Arrays.copyOfRange(file, at + 8, (int) end - 4));
            }
            picture |= type == IDAT;
            if (type == IEND) {
                if (!picture) {
                    throw new DamagedPictureException("it has no picture data");
                }
                return new Container(needed.toByteArray(), exif);
            }
            at = (int) end;
        }
        throw new DamagedPictureException("it ends before its picture does");
    }

    /** Width and height from the header chunk, or null when there is none. */
    static long[] size(byte[] file) {
        return file.length < SIGNATURE + 16 || int32(file, SIGNATURE + 4) != IHDR
                ? null
                : new long[] {
                    int32(file, SIGNATURE + 8) & 0xffffffffL,
                    int32(file, SIGNATURE + 12) & 0xffffffffL
                };
    }

    private static void checkSum(byte[] file, int at, int length) throws DamagedPictureException {
        CRC32 crc = new CRC32();
        crc.update(file, at + 4, length + 4);
        if ((int) crc.getValue() != int32(file, at + 8 + length)) {
            throw new DamagedPictureException("a checksum in it is wrong");
        }
    }

    private static int int32(byte[] file, int at) {
        return (file[at] & 0xff) << 24
                | (file[at + 1] & 0xff) << 16
                | (file[at + 2] & 0xff) << 8
                | file[at + 3] & 0xff;
    }

    private static int code(String type) {
        return type.charAt(0) << 24 | type.charAt(1) << 16 | type.charAt(2) << 8 | type.charAt(3);
    }
}
