/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.inverso.api.image.Photo;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.joml.Matrix4fc;

/**
 * Draws the picture that shows how well an asset fits its photo: input, fitted overlay, turntable.
 */
public interface PreviewPainter extends Stage {

    /**
     * @param view object to camera frame
     * @param projection camera frame to the whole photo's clip space
     */
    Image paint(
            Photo photo,
            Asset asset,
            Matrix4fc view,
            Matrix4fc projection,
            DifferentiableRasterizer rasterizer);
}
