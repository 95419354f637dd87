/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import ai.djl.ndarray.NDArray;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;

/**
 * StyleGAN-R (GANverse3D, arXiv 2010.09125, section 4): camera, shape, texture and background to
 * the styles of a generator that draws them. Every factor proposes all coordinates of the styles
 * that it may change, and {@link Selectors} choose.
 */
public final class RendererNetwork {

    /** Coordinates, in deviations, that no style goes beyond. */
    private static final double FARTHEST = 3;

    private final RendererShape shape;
    private final FactorStyles factorStyles;
    private final Selectors selectors;
    private final StyleSpace space;

    /** Of sizes that the parameters, which were read, tell. */
    public RendererNetwork(Parameters parameters) {
        this(parameters, RendererShape.of(parameters));
    }

    public RendererNetwork(Parameters parameters, RendererShape shape) {
        this.shape = shape;
        this.factorStyles = new FactorStyles(parameters, shape);
        this.selectors = new Selectors(parameters, shape);
        this.space = new StyleSpace(parameters, shape);
    }

    public RendererShape shape() {
        return shape;
    }

    public Selectors selectors() {
        return selectors;
    }

    public StyleSpace space() {
        return space;
    }

    /** Coordinates of the styles, {@code float[N, L, D]}. */
    public NDArray coordinates(Factors factors) {
        NDArray chosen =
                selectors.select(
                        factorStyles.camera(factors.camera()),
                        factorStyles.shape(factors.shape()),
                        factorStyles.texture(factors.texture()),
                        factorStyles.background(factors.background()));
        return Scaled.by(Scaled.by(chosen, 1 / FARTHEST).tanh(), FARTHEST);
    }

    /** Styles for the generator, {@code float[N, L, W]}. */
    public NDArray wPlus(Factors factors) {
        return space.wPlus(coordinates(factors));
    }
}
