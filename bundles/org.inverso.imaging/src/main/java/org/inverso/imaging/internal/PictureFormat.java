/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The picture formats that are read, told apart by their first bytes, never by a file's name. */
public enum PictureFormat {
    JPEG,
    PNG,
    WEBP("WebP"),
    BMP,
    GIF,
    TIFF,
    UNKNOWN;

    /** How many leading bytes {@link #contentOf} looks at to tell text from other data. */
    private static final int TEXT_SAMPLE = 512;

    private final String label;

    PictureFormat() {
        label = name();
    }

    PictureFormat(String label) {
        this.label = label;
    }

    /** The format's name as people write it. */
    public String label() {
        return label;
    }

    /** The format that the bytes begin like. */
    public static PictureFormat of(byte[] bytes) {
        if (startsWith(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (startsWith(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) {
            return WEBP;
        }
        if (startsWith(bytes, 0, "GIF87a") || startsWith(bytes, 0, "GIF89a")) {
            return GIF;
        }
        if (startsWith(bytes, 0, "BM") && bytes.length > 26) {
            return BMP;
        }
        if (startsWith(bytes, 0, "II*\0")
                || startsWith(bytes, 0, "MM\0*")
                || startsWith(bytes, 0, "II+\0")
                || startsWith(bytes, 0, "MM\0+")) {
            return TIFF;
        }
        return UNKNOWN;
    }

    /** What bytes of {@link #UNKNOWN} format seem to be, in a few words for people. */
    public static String contentOf(byte[] bytes) {
        if (startsWith(bytes, 4, "ftyphei") || startsWith(bytes, 4, "ftypmif1")) {
            return "a HEIC picture";
        }
        if (startsWith(bytes, 4, "ftypavif")) {
            return "an AVIF picture";
        }
        if (startsWith(bytes, 0, "%PDF")) {
            return "a PDF document";
        }
        if (startsWith(bytes, 0, "8BPS")) {
            return "a Photoshop document";
        }
        if (startsWith(bytes, 0, "glTF")) {
            return "a GLB asset";
        }
        if (startsWith(bytes, 0, "PK\u0003\u0004")) {
            return "a ZIP archive";
        }
        int sample = Math.min(bytes.length, TEXT_SAMPLE);
        for (int i = 0; i < sample; i++) {
            int b = bytes[i] & 0xff;
            if (b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
                return "data of an unknown kind";
            }
        }
        return "text";
    }

    private static boolean startsWith(byte[] bytes, int offset, String latin1) {
        byte[] magic = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= offset + magic.length
                && Arrays.equals(bytes, offset, offset + magic.length, magic, 0, magic.length);
    }
}
