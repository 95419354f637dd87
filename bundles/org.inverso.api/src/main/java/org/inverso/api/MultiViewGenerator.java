/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;

/**
 * Generates pictures of objects that do not exist: the same content from many cameras (GANverse3D,
 * section 3.1).
 */
public interface MultiViewGenerator extends Stage {

    /** Azimuths of the view codes that the category's generator knows, degrees. */
    List<Double> azimuths(CategoryModel category);

    /**
     * @param contentSeed chooses shape, texture and background
     * @param view index into {@link #azimuths}
     * @param truncationPsi 0 gives the mean object, 1 the full variety
     */
    Image generate(CategoryModel category, long contentSeed, int view, double truncationPsi);
}
