/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifTiffHandler;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a stored picture must be turned to stand upright (EXIF 2.3, tag 0x0112).
 *
 * @param transposed whether stored rows become columns
 * @param mirrorX whether the upright picture's x runs against its stored axis
 * @param mirrorY whether the upright picture's y runs against its stored axis
 */
public record Orientation(boolean transposed, boolean mirrorX, boolean mirrorY) {

    private static final Logger LOGGER = LoggerFactory.getLogger(Orientation.class);

    /** Stored upright. */
    public static final Orientation UPRIGHT = new Orientation(false, false, false);

    /** The orientation with an EXIF number; upright for numbers that EXIF does not know. */
    public static Orientation ofExif(int number) {
        return switch (number) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, true, false);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, false, true);
            default -> UPRIGHT;
        };
    }

    /**
     * Reads the tag out of an EXIF block. A block that cannot be read counts as upright: the
     * picture itself may be whole.
     */
    static Orientation read(String name, byte[] exif) {
        Metadata metadata = new Metadata();
        try {
            new TiffReader()
                    .processTiff(
                            new ByteArrayReader(exif), new ExifTiffHandler(metadata, null, 0), 0);
        } catch (TiffProcessingException | IOException | RuntimeException e) {
            LOGGER.debug("{}: EXIF data cannot be read: {}", name, e.toString());
        }
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer number =
                directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return number == null ? UPRIGHT : ofExif(number);
    }

    int width(int storedWidth, int storedHeight) {
        return transposed ? storedHeight : storedWidth;
    }

    int height(int storedWidth, int storedHeight) {
        return transposed ? storedWidth : storedHeight;
    }
}
