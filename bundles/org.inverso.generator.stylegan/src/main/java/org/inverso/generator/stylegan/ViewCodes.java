/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inverso.network.Ownership;
import org.inverso.network.Parameters;

/**
 * View codes of a generator: styles of its first layers that make it draw the object from a known
 * azimuth (GANverse3D, arXiv 2010.09125, section 3.1). They lie in the generator's weights as
 * {@value #STYLES}, {@code float[V, K, W]} for V views and the first K of the L layers, and {@value
 * #AZIMUTHS}, {@code float[V]} in degrees.
 */
public final class ViewCodes {

    public static final String STYLES = "views.w";
    public static final String AZIMUTHS = "views.azimuthDeg";

    private final NDArray styles;
    private final List<Double> azimuths;

    private ViewCodes(NDArray styles, List<Double> azimuths) {
        this.styles = styles;
        this.azimuths = azimuths;
    }

    /**
     * Those of weights that were read; empty when none were found for the generator yet.
     *
     * @throws IllegalArgumentException when they do not fit the generator
     */
    public static Optional<ViewCodes> of(Parameters parameters, GeneratorShape shape) {
        if (!parameters.arrays().containsKey(STYLES)) {
            return Optional.empty();
        }
        long views = parameters.dimension(STYLES, 0);
        long layers = parameters.dimension(STYLES, 1);
        if (layers >= shape.styles()) {
            throw new IllegalArgumentException(
                    "parameter "
                            + STYLES
                            + " has "
                            + layers
                            + " layers, which leaves none of "
                            + shape.styles()
                            + " for the content");
        }
        NDArray styles = parameters.constant(STYLES, 0, views, layers, shape.wSize());
        List<Double> azimuths = new ArrayList<>();
        for (float azimuth : parameters.constant(AZIMUTHS, 0, views).toFloatArray()) {
            azimuths.add((double) azimuth);
        }
        return Optional.of(new ViewCodes(styles, List.copyOf(azimuths)));
    }

    /** Degrees, in order of the views. */
    public List<Double> azimuths() {
        return azimuths;
    }

    /**
     * The styles of a content, seen from a view.
     *
     * @param wPlus {@code float[N, L, W]}
     * @return the same with the first layers replaced
     */
    public NDArray apply(NDArray wPlus, int view) {
        long samples = wPlus.getShape().get(0);
        long layers = styles.getShape().get(1);
        NDArray code = Ownership.like(wPlus, styles.get(new NDIndex("{}:{}", view, view + 1)));
        return code.broadcast(samples, layers, wPlus.getShape().get(2))
                .concat(wPlus.get(new NDIndex(":, {}:", layers)), 1);
    }
}
