/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.image;

/**
 * The one picture type: 8 bits a channel, sRGB, straight (not premultiplied) alpha.
 *
 * @param rgba {@code byte[height * width * 4]}, row-major, shared, not to be modified once handed
 *     on
 */
public record Image(int width, int height, byte[] rgba) {

    public Image {
        if (width < 1 || height < 1 || rgba.length != 4L * width * height) {
            throw new IllegalArgumentException(
                    "not " + width + "x" + height + " RGBA: " + rgba.length + " bytes");
        }
    }

    /** Transparent black. */
    public static Image blank(int width, int height) {
        return new Image(width, height, new byte[Math.multiplyExact(4, width * height)]);
    }

    /** One channel (0 red to 3 alpha) of one pixel, 0 to 255. */
    public int get(int x, int y, int channel) {
        return rgba[4 * (y * width + x) + channel] & 0xff;
    }
}
