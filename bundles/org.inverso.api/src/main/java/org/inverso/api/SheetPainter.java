/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.raster.DifferentiableRasterizer;

/**
 * Draws random objects of a category side by side, so that people see what it knows: shapes of its
 * prior, poses within their limits, colours it declares, from all around.
 */
public interface SheetPainter extends Stage {

    /** Objects on a sheet. */
    int SAMPLES = 24;

    /**
     * @param seed the same one gives the same sheet
     * @throws CancelledException when {@code progress} says so
     */
    Image paint(
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            long seed,
            Progress progress);
}
