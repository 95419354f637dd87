/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.util.Arrays;
import java.util.Optional;

/** The chunks of a WebP file (RFC 9649, section 2.3). */
final class RiffChunks {

    private static final int HEADER = 12;
    private static final int EXIF = code("EXIF");
    private static final byte[] JPEG_PREFIX = {'E', 'x', 'i', 'f', 0, 0};

    private RiffChunks() {}

    static Container walk(byte[] file) throws DamagedPictureException {
        if (file.length < HEADER || 8 + unsigned32(file, 4) > file.length) {
            throw new DamagedPictureException("it ends before its picture does");
        }
        long end = 8 + unsigned32(file, 4);
        Optional<byte[]> exif = Optional.empty();
        long at = HEADER;
        while (at + 8 <= end) {
            long length = unsigned32(file, (int) at + 4);
            if (at + 8 + length > end) {
                throw new DamagedPictureException("it ends before its picture does");
            }
            if ((int) unsigned32(file, (int) at) == EXIF) {
                exif = Optional.of(tiffPart(file, (int) at + 8, (int) (at + 8 + length)));
            }
            // Chunks are padded to an even size.
            at += 8 + length + (length & 1);
        }
        return new Container(file, exif);
    }

    /** Some writers put JPEG's prefix before the TIFF header, which the specification forbids. */
    private static byte[] tiffPart(byte[] file, int from, int to) {
        int prefix = JPEG_PREFIX.length;
        boolean prefixed =
                to - from >= prefix
                        && Arrays.equals(file, from, from + prefix, JPEG_PREFIX, 0, prefix);
        return Arrays.copyOfRange(file, prefixed ? from + prefix : from, to);
    }

    private static long unsigned32(byte[] file, int at) {
        return (file[at] & 0xff
                        | (file[at + 1] & 0xff) << 8
                        | (file[at + 2] & 0xff) << 16
                        | (file[at + 3] & 0xff) << 24)
                & 0xffffffffL;
    }

    private static int code(String type) {
        return type.charAt(0) | type.charAt(1) << 8 | type.charAt(2) << 16 | type.charAt(3) << 24;
    }
}
