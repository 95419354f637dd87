/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.List;

/**
 * One object of a category, drawn at random.
 *
 * @param shape {@code float[K]}, weights of the morph targets
 * @param pose {@code float[P]}, radians
 * @param coats names of the category's coats that suit it; any does when empty
 */
public record Individual(float[] shape, float[] pose, List<String> coats) {

    public Individual {
        coats = List.copyOf(coats);
    }
}
