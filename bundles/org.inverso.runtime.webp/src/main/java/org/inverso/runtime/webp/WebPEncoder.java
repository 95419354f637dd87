/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.webp;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import com.luciad.imageio.webp.internal.NativeLoader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes pictures as lossy WebP; the same picture gives the same bytes. libwebp is unpacked into
 * the folder for temporary files and loaded when it is first needed.
 *
 * <p>Safe for use by several threads.
 */
public final class WebPEncoder {

    private final float quality;
    private WebPWriteParam settings;

    /**
     * @param quality 0 to 1
     */
    public WebPEncoder(float quality) {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality is 0 to 1, not " + quality);
        }
        this.quality = quality;
    }

    /**
     * A file of one picture.
     *
     * @param picture sRGB; with alpha if it has any
     */
    public byte[] encode(BufferedImage picture) throws WebPUnavailableException {
        WebPWriteParam param = settings();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = new WebPImageWriterSpi().createWriterInstance();
            try {
                writer.setOutput(out);
                writer.write(null, new IIOImage(picture, null, null), param);
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a picture in memory", e);
        }
        return bytes.toByteArray();
    }

    /** One for all pictures, which only read it: what the plug-in makes of them it never frees. */
    private synchronized WebPWriteParam settings() throws WebPUnavailableException {
        if (settings == null) {
            load();
            settings = new WebPWriteParam(null);
            settings.setCompressionType(CompressionType.Lossy);
            settings.setCompressionQuality(quality);
            // Colour has half the pixels; else what is small and red gets darker and wider.
            settings.setUseSharpYUV(true);
        }
        return settings;
    }

    private static void load() throws WebPUnavailableException {
        try {
            // The plug-in does this, too, but prints what fails and goes on without.
            NativeLoader.initialize();
        } catch (IllegalStateException | LinkageError e) {
            throw new WebPUnavailableException(
                    "this build has no libwebp for %s on %s"
                            .formatted(
                                    System.getProperty("os.name"), System.getProperty("os.arch")),
                    e);
        }
    }
}
