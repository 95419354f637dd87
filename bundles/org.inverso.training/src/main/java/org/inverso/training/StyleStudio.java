/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.SplittableRandom;

/** Styles and pictures of a generator in plain arrays. */
interface StyleStudio {

    /** Styles of a picture. */
    int layers();

    /** Side of the pictures, pixels. */
    int resolution();

    /** Random w, {@code float[count][W]}. */
    float[][] draw(int count, double truncationPsi, SplittableRandom random);

    /** Pictures, {@code float[count * 3 * R * R]}, -1 to 1. */
    float[] pictures(int count, Choice choice);

    /** Chooses the style of a layer of a picture. */
    @FunctionalInterface
    interface Choice {
        float[] w(int picture, int layer);
    }
}
