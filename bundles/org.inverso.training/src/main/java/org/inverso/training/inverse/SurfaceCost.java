/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

/** What a surface costs by its form alone. Belongs to one thread. */
@FunctionalInterface
public interface SurfaceCost {

    /** For templates, whose shape targets make plausible surfaces. */
    SurfaceCost NONE = (vertices, dest) -> 0;

    /**
     * @param vertices {@code float[V*3]}, metres
     * @param dest gradient with regard to them, added to
     * @return the cost
     */
    double add(float[] vertices, float[] dest);
}
