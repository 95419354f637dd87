/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.inverso.api.PhotoException;
import org.inverso.api.PhotoException.Reason;
import org.inverso.api.image.Image;
import org.inverso.imaging.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Untrusted bytes to pixels: format by content, size from the header, completeness from the
 * segments, and only then the pixels. Whatever a decoder throws at broken data becomes a {@link
 * PhotoException}.
 */
public final class PictureDecoder {

    private static final Logger LOGGER = LoggerFactory.getLogger(PictureDecoder.class);

    /** Channels and bits beyond these multiply the memory that a pixel takes. */
    private static final int MAX_BITS_PER_PIXEL = 128;

    private final Codecs codecs;

    public PictureDecoder(Codecs codecs) {
        this.codecs = codecs;
    }

    /**
     * @param name of the file, for messages
     */
    public Image decode(String name, byte[] file, Limits limits) {
        PictureFormat format = checkedFormat(name, file, limits);
        ImageReader reader = null;
        try {
            reader = codecs.reader(format);
            checkSize(name, format, file, reader, limits);
            Container container = Container.of(format, file);
            Orientation orientation =
                    container
                            .exif()
                            .map(exif -> Orientation.read(name, exif))
                            .orElse(Orientation.UPRIGHT);
            return Pixels.upright(pixels(name, container.pixels(), reader), orientation);
        } catch (DamagedPictureException e) {
            throw damaged(name, format, e.getMessage(), e);
        } catch (PhotoException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOGGER.debug("{}: decoder failed", name, e);
            throw damaged(name, format, "its data cannot be decoded", e);
        } catch (OutOfMemoryError e) {
            // One large array was refused; nothing else is short of memory because of it.
            throw new PhotoException(
                    Reason.TOO_LARGE,
                    name + " is too large: it does not fit into memory; make it smaller",
                    e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static PictureFormat checkedFormat(String name, byte[] file, Limits limits) {
        if (file.length == 0) {
            throw new PhotoException(Reason.EMPTY, name + " is empty: the file has no bytes");
        }
        if (file.length > limits.megabytes() * 1e6) {
            throw new PhotoException(
                    Reason.TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "%s is too large: %.1f megabytes, the limit is %s",
                            name,
                            file.length / 1e6,
                            number(limits.megabytes())));
        }
        PictureFormat format = PictureFormat.of(file);
        if (format == PictureFormat.UNKNOWN) {
            throw new PhotoException(
                    Reason.UNKNOWN_FORMAT,
                    name
                            + " is not a picture that can be read: it holds "
                            + PictureFormat.contentOf(file)
                            + "; use JPEG, PNG, WebP, BMP, GIF or TIFF");
        }
        return format;
    }

    private static void checkSize(
            String name, PictureFormat format, byte[] file, ImageReader reader, Limits limits)
            throws IOException {
        if (format == PictureFormat.PNG) {
            // The reader refuses large headers itself, but without saying why.
            long[] size = PngChunks.size(file);
            if (size == null) {
                throw new DamagedPictureException("it has no header");
            }
            checkSize(name, size[0], size[1], limits);
            return;
        }
        try (ImageInputStream in = new ByteArrayImageInputStream(file)) {
            reader.setInput(in, true, true);
            checkSize(name, reader.getWidth(0), reader.getHeight(0), limits);
            if (format == PictureFormat.TIFF) {
                checkTiles(name, reader, limits);
            }
        } finally {
            reader.reset();
        }
    }

    /** A tile is decoded whole, so a small picture in a huge tile takes as much as a huge one. */
    private static void checkTiles(String name, ImageReader reader, Limits limits)
            throws IOException {
        checkSize(name, reader.getTileWidth(0), reader.getTileHeight(0), limits);
        ImageTypeSpecifier type = reader.getRawImageType(0);
        if (type != null && type.getColorModel().getPixelSize() > MAX_BITS_PER_PIXEL) {
            throw new PhotoException(
                    Reason.TOO_LARGE,
                    name
                            + " has "
                            + type.getColorModel().getPixelSize()
                            + " bits a pixel, the limit is "
                            + MAX_BITS_PER_PIXEL);
        }
    }

    private static void checkSize(String name, long width, long height, Limits limits)
            throws DamagedPictureException {
        if (width < 1 || height < 1) {
            throw new DamagedPictureException("its header says " + width + " x " + height);
        }
        if ((double) width * height > limits.megapixels() * 1e6) {
            throw new PhotoException(
                    Reason.TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "%s is too large: %d x %d pixels, the limit is %s megapixels",
                            name,
                            width,
                            height,
                            number(limits.megapixels())));
        }
    }

    private static BufferedImage pixels(String name, byte[] bytes, ImageReader reader)
            throws IOException {
        AtomicReference<String> damage = new AtomicReference<>();
        reader.addIIOReadWarningListener(
                (source, warning) -> {
                    LOGGER.debug("{}: {}", name, warning);
                    if (isDamage(warning)) {
                        damage.compareAndSet(null, warning);
                    }
                });
        try (ImageInputStream in = new ByteArrayImageInputStream(bytes)) {
            reader.setInput(in, true, true);
            BufferedImage image = reader.read(0);
            if (damage.get() != null) {
                throw new DamagedPictureException("part of its data cannot be decoded");
            }
            return image;
        }
    }

    /**
     * Whether a decoder's warning means that it made pixels up. Others, such as an odd colour
     * profile or a few bytes too many, leave the picture whole. The first four are libjpeg's.
     */
    private static boolean isDamage(String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        return lower.contains("premature end")
                || lower.contains("bad huffman code")
                || lower.contains("instead of rst")
                || lower.contains("corrupt jpeg data: arithmetic")
                || lower.contains("unexpected end")
                || lower.contains("eof");
    }

    private static PhotoException damaged(
            String name, PictureFormat format, String why, Exception cause) {
        return new PhotoException(
                Reason.DAMAGED, name + " is a damaged " + format.label() + " file: " + why, cause);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
