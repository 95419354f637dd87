/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.geometry.paint.CoatPainter;
import org.inverso.geometry.paint.TexturePainter;
import org.inverso.training.PictureFolder.Picture;

/** Chooses painters for categories. */
public final class Painters {

    private Painters() {}

    /**
     * The painter that suits a category: coats if it has any, else liveries.
     *
     * @param size side of the textures
     * @param pictures from which stickers are cut
     */
    public static TexturePainter of(CategoryModel category, int size, List<Picture> pictures) {
        return category.coats().isEmpty()
                ? new LiveryPainter(category.template(), size, pictures)
                : new CoatPainter(category.template(), category.coats(), size);
    }
}
