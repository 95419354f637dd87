/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.paint;

import java.util.List;
import java.util.SplittableRandom;

/** Paints random albedo textures of a category. Safe for several threads. */
public interface TexturePainter {

    /**
     * @param coats names of the coats to choose from; all of the category's when empty
     * @return {@code float[size*size*3]}, linear albedo
     */
    float[] paint(List<String> coats, SplittableRandom random);

    /** The atlas that it paints. */
    TexelMap texels();
}
