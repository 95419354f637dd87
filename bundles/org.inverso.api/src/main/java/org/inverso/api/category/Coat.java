/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.List;
import java.util.Map;

/**
 * Colours in which objects of a category come: the coat of a horse, the plumage of a bird.
 *
 * @param name for example {@code bay}
 * @param weight share of the objects; those of all coats of a category add up to 1
 * @param colors linear RGB, {@code float[3]}, by the names of materials; a material that is not
 *     there keeps its own colour
 * @param patterns in the order in which they are painted
 */
public record Coat(
        String name, double weight, Map<String, float[]> colors, List<Pattern> patterns) {

    public Coat {
        colors = Map.copyOf(colors);
        patterns = List.copyOf(patterns);
    }

    /** Forms of markings. */
    public enum Kind {
        /** Small round spots. */
        SPOTS,
        /** Large irregular areas. */
        PATCHES,
        /** Soft round spots that lie close together. */
        DAPPLES,
        /** Stripes across the body or along a feather. */
        BARS,
        /** More and more from the top to the bottom of what is painted. */
        GRADIENT,
        /** The lower ends of what is painted, one by one. */
        SOCKS
    }

    /**
     * Markings in another colour.
     *
     * @param materials names of the materials that have them; all when empty
     * @param color linear RGB, {@code float[3]}
     * @param amount 0 for none, 1 for as much as there can be
     */
    public record Pattern(Kind kind, List<String> materials, float[] color, float amount) {

        public Pattern {
            materials = List.copyOf(materials);
        }
    }
}
