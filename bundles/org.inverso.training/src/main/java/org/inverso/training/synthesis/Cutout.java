/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.ShLighting;

/**
 * A rendered object without background, and what it was rendered from.
 *
 * @param rgba {@code byte[SIZE*SIZE*4]}, sRGB, straight alpha; the object's box is centred and its
 *     longer side takes up {@link org.inverso.api.image.CropRegion#FILL} of the picture
 * @param shadow {@code byte[SHADOW*SHADOW]}, how much darker the ground gets, 255 for black
 * @param texture {@code byte[T*T*3]}, sRGB albedo in the category's atlas
 */
public record Cutout(
        byte[] rgba,
        byte[] shadow,
        OrbitCamera camera,
        float[] shape,
        float[] pose,
        ShLighting light,
        byte[] texture) {

    /** Side of the picture, pixels. */
    public static final int SIZE = 160;

    /** Side of the shadow, pixels. */
    public static final int SHADOW = 80;

    /** Side of the texture that goes with it, texels. */
    public static final int TEXTURE = 64;
}
