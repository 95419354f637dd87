/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

/**
 * What a picture file may ask for before any of its pixels is decoded.
 *
 * @param megapixels largest number of pixels, width times height, in millions
 * @param megabytes largest size of the file, in millions of bytes
 */
public record Limits(double megapixels, double megabytes) {

    /** 64 megapixels in 128 megabytes, enough for a camera of the largest kind. */
    public static final Limits DEFAULT = new Limits(64, 128);

    public Limits {
        if (!(megapixels > 0 && megapixels <= 500)) {
            throw new IllegalArgumentException(
                    "megapixels must be above 0 and at most 500, not " + megapixels);
        }
        if (!(megabytes > 0 && megabytes <= 2000)) {
            throw new IllegalArgumentException(
                    "megabytes must be above 0 and at most 2000, not " + megabytes);
        }
    }
}
