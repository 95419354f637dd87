/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.inverso.api.image.Photo;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.joml.Matrix4fc;

/**
 * Draws the picture that shows how well an asset fits its photo: input, fitted overlay, turntable;
 * and pictures of the asset alone.
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

    /**
     * The asset alone as the photo's camera sees it, on transparent ground.
     *
     * @param view object to camera frame
     * @param projection camera frame to the picture's clip space
     */
    Image poster(
            Asset asset,
            Matrix4fc view,
            Matrix4fc projection,
            int width,
            int height,
            DifferentiableRasterizer rasterizer);

    /**
     * The asset before a background, as a camera sees it.
     *
     * @param background of the picture's size; what is transparent in it is white
     * @param view object to camera frame
     * @param projection camera frame to the picture's clip space
     * @param shadow whether the asset darkens the ground that it stands on
     */
    Image place(
            Asset asset,
            Image background,
            Matrix4fc view,
            Matrix4fc projection,
            boolean shadow,
            DifferentiableRasterizer rasterizer);

    /**
     * The asset in a studio from all around, one turn.
     *
     * @param frames number of pictures
     */
    List<Image> turntable(
            Asset asset, int frames, int width, int height, DifferentiableRasterizer rasterizer);
}
