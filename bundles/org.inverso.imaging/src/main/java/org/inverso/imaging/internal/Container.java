/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.util.Optional;

/**
 * What lies around a picture's pixels, found by walking the file's segments without decoding any.
 *
 * @param pixels the file, or as much of it as the pixel decoder needs
 * @param exif block of EXIF data in TIFF format
 */
public record Container(byte[] pixels, Optional<byte[]> exif) {

    /**
     * @throws DamagedPictureException when the file ends before its picture does, or contradicts
     *     itself
     */
    static Container of(PictureFormat format, byte[] file) throws DamagedPictureException {
        return switch (format) {
            case JPEG -> JpegSegments.walk(file);
            case PNG -> PngChunks.walk(file);
            case WEBP -> RiffChunks.walk(file);
            case TIFF -> new Container(file, Optional.of(file));
            case BMP, GIF, UNKNOWN -> new Container(file, Optional.empty());
        };
    }
}
