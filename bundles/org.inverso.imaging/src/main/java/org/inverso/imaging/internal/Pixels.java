/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import org.inverso.api.image.Image;

/** Turns what Image I/O decodes into sRGB with straight alpha, upright, in one pass. */
final class Pixels {

    /** Side of the squares in which pixels are moved, so that turning a picture stays in cache. */
    private static final int TILE = 64;

    private final Orientation orientation;
    private final int storedWidth;
    private final int storedHeight;
    private final int width;
    private final byte[] rgba;

    /** Index in {@link #rgba} of stored pixel (0, 0), and what stored x and y add to it. */
    private final int origin;

    private final int stepX;
    private final int stepY;

    private Pixels(int storedWidth, int storedHeight, Orientation orientation) {
        this.orientation = orientation;
        this.storedWidth = storedWidth;
        this.storedHeight = storedHeight;
        width = orientation.width(storedWidth, storedHeight);
        int height = orientation.height(storedWidth, storedHeight);
        rgba = new byte[Math.multiplyExact(4, Math.multiplyExact(width, height))];
        int acrossX = orientation.mirrorX() ? -4 : 4;
        int acrossY = orientation.mirrorY() ? -4 * width : 4 * width;
        stepX = orientation.transposed() ? acrossY : acrossX;
        stepY = orientation.transposed() ? acrossX : acrossY;
        origin =
                (orientation.mirrorX() ? 4 * (width - 1) : 0)
                        + (orientation.mirrorY() ? 4 * width * (height - 1) : 0);
    }

    static Image upright(BufferedImage stored, Orientation orientation) {
        Pixels pixels = new Pixels(stored.getWidth(), stored.getHeight(), orientation);
        ColorModel colors = stored.getColorModel();
        if (colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && !(colors instanceof IndexColorModel)) {
            pixels.takeGray(stored.getRaster(), colors);
        } else {
            BufferedImage srgb = inSrgb(stored);
            if (srgb.getColorModel().isAlphaPremultiplied()
                    || !pixels.takeBytes(srgb.getRaster(), srgb.getType())) {
                pixels.takeAny(srgb);
            }
        }
        return new Image(
                pixels.width,
                orientation.height(pixels.storedWidth, pixels.storedHeight),
                pixels.rgba);
    }

    /** Colour management for all pixels at once; one by one it would take seconds. */
    private static BufferedImage inSrgb(BufferedImage stored) {
        ColorModel colors = stored.getColorModel();
        if (colors instanceof IndexColorModel || colors.getColorSpace().isCS_sRGB()) {
            return stored;
        }
        BufferedImage srgb =
                new BufferedImage(
                        stored.getWidth(),
                        stored.getHeight(),
                        colors.hasAlpha()
                                ? BufferedImage.TYPE_4BYTE_ABGR
                                : BufferedImage.TYPE_3BYTE_BGR);
        return new ColorConvertOp(null).filter(stored, srgb);
    }

    /** Interleaved 8-bit RGB in any order, the common case; false when it is another one. */
    private boolean takeBytes(Raster raster, int type) {
        boolean alpha = type == BufferedImage.TYPE_4BYTE_ABGR;
        if (!alpha && type != BufferedImage.TYPE_3BYTE_BGR
                || !(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
                || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
                || raster.getSampleModelTranslateX() != 0
                || raster.getSampleModelTranslateY() != 0) {
            return false;
        }
        byte[] data = buffer.getData();
        int[] bands = model.getBandOffsets();
        int red = bands[0];
        int green = bands[1];
        int blue = bands[2];
        int opacity = alpha ? bands[3] : -1;
        int pixelStride = model.getPixelStride();
        for (int top = 0; top < storedHeight; top += TILE) {
            int bottom = Math.min(storedHeight, top + TILE);
            for (int left = 0; left < storedWidth; left += TILE) {
                int right = Math.min(storedWidth, left + TILE);
                for (int y = top; y < bottom; y++) {
                    int from =
                            buffer.getOffset() + y * model.getScanlineStride() + left * pixelStride;
                    int to = origin + y * stepY + left * stepX;
                    for (int x = left; x < right; x++, from += pixelStride, to += stepX) {
                        rgba[to] = data[from + red];
                        rgba[to + 1] = data[from + green];
                        rgba[to + 2] = data[from + blue];
                        rgba[to + 3] = alpha ? data[from + opacity] : -1;
                    }
                }
            }
        }
        return true;
    }

    /**
     * Grey values as they are stored. Java takes grey for linear light and would brighten it;
     * picture files hold it with the same gamma as colour.
     */
    private void takeGray(Raster raster, ColorModel colors) {
        int bits = colors.getComponentSize(0);
        double scale = 255.0 / ((1L << bits) - 1);
        boolean alpha = colors.hasAlpha();
        boolean premultiplied = colors.isAlphaPremultiplied();
        int bands = raster.getNumBands();
        int[] row = new int[storedWidth * bands];
        for (int y = 0; y < storedHeight; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, storedWidth, 1, row);
            for (int x = 0; x < storedWidth; x++) {
                double gray = row[x * bands] * scale;
                double opacity = alpha ? row[x * bands + 1] * scale : 255;
                if (premultiplied && opacity > 0) {
                    gray = Math.min(255, gray * 255 / opacity);
                }
                int to = origin + y * stepY + x * stepX;
                byte value = (byte) Math.round(gray);
                rgba[to] = value;
                rgba[to + 1] = value;
                rgba[to + 2] = value;
                rgba[to + 3] = (byte) Math.round(opacity);
            }
        }
    }

    private void takeAny(BufferedImage srgb) {
        int[] tile = new int[TILE * TILE];
        for (int top = 0; top < storedHeight; top += TILE) {
            int rows = Math.min(TILE, storedHeight - top);
            for (int left = 0; left < storedWidth; left += TILE) {
                int columns = Math.min(TILE, storedWidth - left);
                srgb.getRGB(left, top, columns, rows, tile, 0, TILE);
                for (int y = 0; y < rows; y++) {
                    int to = origin + (top + y) * stepY + left * stepX;
                    for (int x = 0; x < columns; x++, to += stepX) {
                        int argb = tile[y * TILE + x];
                        rgba[to] = (byte) (argb >> 16);
                        rgba[to + 1] = (byte) (argb >> 8);
                        rgba[to + 2] = (byte) argb;
                        rgba[to + 3] = (byte) (argb >>> 24);
                    }
                }
            }
        }
    }
}
