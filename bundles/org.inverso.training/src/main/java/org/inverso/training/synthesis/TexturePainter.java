/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.training.PictureFolder.Picture;

/** Paints random albedo textures of a category. Safe for several threads. */
public interface TexturePainter {

    /**
     * @param coats names of the coats to choose from; all of the category's when empty
     * @return {@code float[size*size*3]}, linear albedo
     */
    float[] paint(List<String> coats, SplittableRandom random);

    /** The atlas that it paints. */
    TexelMap texels();

    /**
     * The painter that suits a category: coats if it has any, else liveries.
     *
     * @param size side of the textures
     * @param pictures from which stickers are cut
     */
    static TexturePainter of(CategoryModel category, int size, List<Picture> pictures) {
        return category.coats().isEmpty()
                ? new LiveryPainter(category.template(), size, pictures)
                : new CoatPainter(category.template(), category.coats(), size);
    }
}
