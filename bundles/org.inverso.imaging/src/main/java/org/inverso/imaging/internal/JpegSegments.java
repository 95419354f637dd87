/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.util.Arrays;
import java.util.Optional;

/**
 * The marker segments of a JPEG file (ITU-T T.81, annex B).
 *
 * <p>JPEG decoders fill the rest of a truncated picture with grey and call that a warning; here a
 * file without its end marker is damaged. Segments are skipped by their length, so the end marker
 * of an embedded thumbnail does not count.
 */
final class JpegSegments {

    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP1 = 0xe1;
    private static final int TEM = 0x01;

    /** More scans than any encoder writes; each costs the decoder a pass over all pixels. */
    private static final int MAX_SCANS = 100;

    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    private JpegSegments() {}

    static Container walk(byte[] file) throws DamagedPictureException {
        Optional<byte[]> exif = Optional.empty();
        int scans = 0;
        int at = 2;
        while (true) {
            at = nextMarker(file, at);
            int marker = file[at - 1] & 0xff;
            if (marker == EOI) {
                if (scans == 0) {
                    throw new DamagedPictureException("it has no picture data");
                }
                return new Container(file, exif);
            }
            if (isStandalone(marker)) {
                continue;
            }
            int length = at + 2 <= file.length ? (file[at] & 0xff) << 8 | file[at + 1] & 0xff : 0;
            if (length < 2 || at + length > file.length) {
                throw ended();
            }
            if (marker == APP1 && exif.isEmpty() && startsWith(file, at + 2, EXIF)) {
                exif = Optional.of(Arrays.copyOfRange(file, at + 2 + EXIF.length, at + length));
            }
            if (marker == SOS && ++scans > MAX_SCANS) {
                throw new DamagedPictureException("it has more than " + MAX_SCANS + " scans");
            }
            at += length;
        }
    }

    /**
     * Index after the next marker's code; entropy-coded data and its restart markers are passed.
     */
    private static int nextMarker(byte[] file, int from) throws DamagedPictureException {
        for (int at = from; at + 1 < file.length; at++) {
            if (file[at] == (byte) 0xff) {
                int code = file[at + 1] & 0xff;
                if (code != 0 && code != 0xff) {
                    return at + 2;
                }
            }
        }
        throw ended();
    }

    private static boolean isStandalone(int marker) {
        return marker >= 0xd0 && marker <= 0xd7 || marker == SOI || marker == TEM;
    }

    private static boolean startsWith(byte[] file, int at, byte[] magic) {
        return at + magic.length <= file.length
                && Arrays.equals(file, at, at + magic.length, magic, 0, magic.length);
    }

    private static DamagedPictureException ended() {
        return new DamagedPictureException("it ends before its picture does");
    }
}
