/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Crop;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;

/** Reads untrusted picture bytes, and resamples and writes pictures. */
public interface Imaging extends Stage {

    /** Quality of textures as JPEG. */
    float TEXTURE_QUALITY = 0.92f;

    /**
     * Decodes a picture and applies its EXIF orientation. The size limit is checked from the
     * header, before any pixel is decoded.
     *
     * @param name the file's name, for messages
     * @throws PhotoException when the bytes are no picture that can be used
     */
    Photo decode(String name, byte[] bytes);

    /**
     * Cuts a square region out of the photo, area-averaged when shrinking, with the matte as alpha.
     * What lies outside the photo is transparent black.
     *
     * @param size side of the result in pixels
     */
    Crop crop(Photo photo, Matte matte, CropRegion region, int size);

    /** Area-averaged or bilinear resampling, whichever suits the direction. */
    Image resize(Image image, int width, int height);

    /** PNG bytes, deterministic; shared by all who ask for the same image, not to be modified. */
    byte[] encodePng(Image image);

    /**
     * JPEG bytes, deterministic; alpha is dropped. Shared by all who ask for the same image and
     * quality, not to be modified.
     *
     * @param quality 0 to 1
     */
    byte[] encodeJpeg(Image image, float quality);

    /**
     * The file of a texture, as all formats hold it.
     *
     * @return bytes of the kind that {@link Asset.Texture#extension()} names
     */
    default byte[] encode(Asset.Texture texture) {
        return texture.jpeg()
                ? encodeJpeg(texture.image(), TEXTURE_QUALITY)
                : encodePng(texture.image());
    }

    /**
     * A moving picture that starts again when it has ended, deterministic; alpha is dropped.
     *
     * @param frames of one size, at least one
     * @param frameMillis how long each is shown
     */
    byte[] encodeAnimation(List<Image> frames, int frameMillis, AnimationFormat format);

    /** Of moving pictures. */
    enum AnimationFormat {
        /** 256 colours a frame. */
        GIF,
        /** Animated PNG, without loss. */
        PNG,
        /** Full colour with hardly visible loss, the smallest. */
        WEBP
    }
}
