/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.scene.SceneEstimate;

/** Fits a scene estimate to the photo by gradient descent through the rasterizer. */
public interface Refiner extends Stage {

    /**
     * @param hypotheses at least one; the one that fits best after a short descent wins
     * @param millis time that the descent may take on a usual machine; 0 aligns the feed-forward
     *     estimate with the crop and stops there. Steps are counted, not time, so the result does
     *     not depend on the machine unless it is many times slower.
     */
    SceneEstimate refine(
            Crop crop,
            List<SceneEstimate> hypotheses,
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            long millis,
            Progress progress);
}
