/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.inverso.api.image.Image;

/** Pixels to PNG and JPEG bytes with the JDK's writers; the same pixels give the same bytes. */
public final class PictureEncoder {

    private static final int[] RGB = {0, 1, 2};
    private static final int[] RGBA = {0, 1, 2, 3};

    private final Codecs codecs;

    public PictureEncoder(Codecs codecs) {
        this.codecs = codecs;
    }

    /** A fully opaque image is written without alpha. */
    public byte[] png(Image image) {
        return write(image, !isOpaque(image), false, 0);
    }

    public byte[] jpeg(Image image, float quality) {
        return write(image, false, true, quality);
    }

    private byte[] write(Image image, boolean alpha, boolean jpeg, float quality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = jpeg ? codecs.jpegWriter() : codecs.pngWriter();
            try {
                ImageWriteParam param = writer.getDefaultWriteParam();
                if (jpeg) {
                    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    param.setCompressionQuality(quality);
                }
                BufferedImage pixels = view(image, alpha);
                writer.setOutput(out);
                writer.write(
                        writer.getDefaultStreamMetadata(param),
                        new IIOImage(
                                pixels,
                                null,
                                writer.getDefaultImageMetadata(
                                        ImageTypeSpecifier.createFromRenderedImage(pixels), param)),
                        param);
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a picture in memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The image as Java 2D sees it, on the same bytes; alpha is left out by leaving out its band.
     */
    static BufferedImage view(Image image, boolean alpha) {
        ColorModel colors =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        alpha,
                        false,
                        alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
                        DataBuffer.TYPE_BYTE);
        WritableRaster raster =
                Raster.createInterleavedRaster(
                        new DataBufferByte(image.rgba(), image.rgba().length),
                        image.width(),
                        image.height(),
                        4 * image.width(),
                        4,
                        alpha ? RGBA : RGB,
                        new Point());
        return new BufferedImage(colors, raster, false, null);
    }

    public static boolean isOpaque(Image image) {
        byte[] rgba = image.rgba();
        for (int i = 3; i < rgba.length; i += 4) {
            if (rgba[i] != -1) {
                return false;
            }
        }
        return true;
    }
}
