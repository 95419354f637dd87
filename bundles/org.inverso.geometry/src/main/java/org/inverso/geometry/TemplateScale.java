/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import org.inverso.api.category.TemplateMesh;

/**
 * How much smaller or larger than a car a category's objects are. Settings in metres are made for
 * cars; for other objects they are multiplied by this.
 */
public final class TemplateScale {

    /** Diagonal of a car's bounding box, metres. */
    private static final float CAR = 5;

    /** Up to which objects count as large as a car, metres. */
    private static final float LARGE_CAR = 10;

    private TemplateScale() {}

    /**
     * @return 1 for templates as large as a car, in proportion to the diagonal of the bounding box
     *     for smaller and for larger ones
     */
    public static float of(TemplateMesh template) {
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = axis; i < template.positions().length; i += 3) {
                low = Math.min(low, template.positions()[i]);
                high = Math.max(high, template.positions()[i]);
            }
            squared += (double) (high - low) * (high - low);
        }
        double diagonal = Math.sqrt(squared);
        return diagonal >= CAR && diagonal <= LARGE_CAR ? 1 : (float) (diagonal / CAR);
    }
}
