/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;

/** Image to latent code, with the category's weights. */
public interface Encoder extends Stage {

    /**
     * @throws CategoryException when the category has no weights that this encoder can read
     */
    LatentCode encode(Crop crop, CategoryModel category);
}
