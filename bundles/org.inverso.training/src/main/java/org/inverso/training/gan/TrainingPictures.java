/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import java.util.SplittableRandom;

/** Real pictures, as many as one likes. */
@FunctionalInterface
public interface TrainingPictures {

    /**
     * Draws one.
     *
     * @param dest {@code float[3 * R * R]} from {@code offset} on, planes, -1 to 1
     */
    void draw(SplittableRandom random, float[] dest, int offset);
}
