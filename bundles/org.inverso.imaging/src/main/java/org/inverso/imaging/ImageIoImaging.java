/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.inverso.api.Imaging;
import org.inverso.api.image.Crop;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.imaging.internal.AnimatedGif;
import org.inverso.imaging.internal.AnimatedPng;
import org.inverso.imaging.internal.AnimatedWebP;
import org.inverso.imaging.internal.Codecs;
import org.inverso.imaging.internal.EncodedImages;
import org.inverso.imaging.internal.PictureDecoder;
import org.inverso.imaging.internal.PictureEncoder;
import org.inverso.imaging.internal.Resampler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Imaging with Java's Image I/O and TwelveMonkeys' plug-ins: JPEG (progressive and CMYK too), PNG,
 * WebP, BMP, GIF (its first frame) and TIFF.
 *
 * <p>A file's size in pixels is compared with the {@link Limits} before any pixel is decoded, and a
 * file that ends too early or fails a checksum is refused as damaged instead of being shown in
 * part. Pictures with a colour profile that Image I/O reports are converted to sRGB; PNG's profiles
 * are not read.
 *
 * <p>Safe for use by several threads; needs no display.
 */
@Component(
        service = Imaging.class,
        configurationPid = "org.inverso.imaging",
        property = "inverso.stage.id=" + ImageIoImaging.ID)
@Designate(ocd = ImageIoImaging.Config.class)
public final class ImageIoImaging implements Imaging {

    /** This stage's id. */
    public static final String ID = "imageio";

    /** Settings of the component. */
    @ObjectClassDefinition(name = "Inverso imaging")
    public @interface Config {

        /** Largest number of pixels that is decoded. */
        @AttributeDefinition(
                name = "Megapixels",
                description = "Largest picture, in millions of pixels, at most 500",
                min = "0.001",
                max = "500")
        double maxMegapixels() default 64;

        /** Largest file that is looked at. */
        @AttributeDefinition(
                name = "Megabytes",
                description = "Largest picture file, in millions of bytes, at most 2000",
                min = "0.001",
                max = "2000")
        double maxMegabytes() default 128;
    }

    private final PictureDecoder decoder;
    private final Codecs codecs;
    private final PictureEncoder encoder;
    private final EncodedImages encoded;
    private final AnimatedWebP animatedWebP;
    private volatile Limits limits;

    /** Imaging with {@link Limits#DEFAULT}. */
    public ImageIoImaging() {
        this(Limits.DEFAULT);
    }

    /** Imaging with limits of its own. */
    public ImageIoImaging(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        codecs = new Codecs();
        decoder = new PictureDecoder(codecs);
        encoder = new PictureEncoder(codecs);
        encoded = new EncodedImages(encoder);
        animatedWebP = new AnimatedWebP();
    }

    /** Called by the framework. */
    @Activate
    public ImageIoImaging(Config config) {
        this(limitsOf(config));
    }

    @Modified
    void modified(Config config) {
        limits = limitsOf(config);
    }

    private static Limits limitsOf(Config config) {
        return new Limits(config.maxMegapixels(), config.maxMegabytes());
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Photo decode(String name, byte[] bytes) {
        Image image = decoder.decode(name, bytes, limits);
        return new Photo(
                name, sha256(bytes), image, !PictureEncoder.isOpaque(image), Optional.empty());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Colour is the average of the photo's own colours over the pixel's area, on stored sRGB
     * values and weighted by the photo's own alpha if it has one; the matte does not weigh on it,
     * so background shows through at soft edges just as in the photo. Alpha is the average of the
     * matte. A region smaller than the result is enlarged bilinearly.
     */
    @Override
    public Crop crop(Photo photo, Matte matte, CropRegion region, int size) {
        if (matte.alpha().width() != photo.width() || matte.alpha().height() != photo.height()) {
            throw new IllegalArgumentException("the matte is not of the photo's size");
        }
        if (size < 1 || !(region.size() > 0)) {
            throw new IllegalArgumentException("cannot crop " + region + " to " + size + " pixels");
        }
        return new Crop(
                region,
                Resampler.crop(
                        photo.image(), matte.alpha(), region.x(), region.y(), region.size(), size));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Each axis by itself is area-averaged when it shrinks and bilinear when it grows;
     * transparent pixels do not bleed into the colour of others.
     */
    @Override
    public Image resize(Image image, int width, int height) {
        if (width == image.width() && height == image.height()) {
            return image;
        }
        return Resampler.resize(image, width, height);
    }

    /**
     * {@inheritDoc}
     *
     * <p>An image without transparency is written without alpha.
     */
    @Override
    public byte[] encodePng(Image image) {
        return encoded.png(image);
    }

    @Override
    public byte[] encodeJpeg(Image image, float quality) {
        return encoded.jpeg(image, quality);
    }

    @Override
    public byte[] encodeAnimation(List<Image> frames, int frameMillis, AnimationFormat format) {
        return switch (format) {
            case GIF -> new AnimatedGif(codecs).bytes(frames, frameMillis);
            case PNG -> new AnimatedPng(encoder).bytes(frames, frameMillis);
            case WEBP -> animatedWebP.bytes(frames, frameMillis);
        };
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
