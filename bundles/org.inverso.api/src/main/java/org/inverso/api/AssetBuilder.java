/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.scene.SceneEstimate;

/** Bakes the texture, splits parts into materials, rigs and animates. */
public interface AssetBuilder extends Stage {

    /**
     * @param region of the photo that the estimate's camera looks at
     * @param textureSize side of the baked texture, a power of two
     */
    Asset build(
            Photo photo,
            Matte matte,
            CropRegion region,
            SceneEstimate estimate,
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            int textureSize,
            Progress progress);

    /**
     * The same, with the category's shape space left in it if the builder can do that.
     *
     * @param shapeKeys whether meshes get a {@link Asset.ShapeKey} for each shape target that moves
     *     them; without them the asset is the same otherwise
     */
    default Asset build(
            Photo photo,
            Matte matte,
            CropRegion region,
            SceneEstimate estimate,
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            int textureSize,
            boolean shapeKeys,
            Progress progress) {
        return build(photo, matte, region, estimate, category, rasterizer, textureSize, progress);
    }
}
