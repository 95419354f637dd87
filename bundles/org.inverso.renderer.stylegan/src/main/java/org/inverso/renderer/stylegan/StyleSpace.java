/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.inverso.network.Ownership;
import org.inverso.network.Parameters;

/**
 * Coordinates of styles along the principal components of w (Härkönen et al. 2020, GANSpace, arXiv
 * 2004.02546), in units of each component's deviation: {@code w = mean + sum_d c_d * basis_d}. A
 * network that writes such coordinates cannot leave the styles that the generator knows in
 * directions in which they hardly vary.
 *
 * <p>No gradient reaches it; it lies in the renderer's weights as {@value #MEAN}, {@code float[W]},
 * and {@value #BASIS}, {@code float[D, W]}.
 */
public final class StyleSpace {

    /** Begins the names of all that is not learned. */
    public static final String PREFIX = "styles.";

    public static final String MEAN = PREFIX + "mean";
    public static final String BASIS = PREFIX + "basis";

    /** Between the generator's mean of w and this one, which are rounded alike. */
    private static final float SAME = 1e-2f;

    private final NDArray mean;
    private final NDArray basis;

    public StyleSpace(Parameters parameters, RendererShape shape) {
        this.mean = parameters.constant(MEAN, 0, shape.wSize());
        this.basis = parameters.constant(BASIS, 0, shape.components(), shape.wSize());
    }

    /**
     * @param coordinates {@code float[N, L, D]}
     * @return wPlus {@code float[N, L, W]}
     */
    public NDArray wPlus(NDArray coordinates) {
        Shape s = coordinates.getShape();
        NDArray flat = coordinates.reshape(s.get(0) * s.get(1), s.get(2));
        return flat.matMul(basis).add(mean).reshape(s.get(0), s.get(1), basis.getShape().get(1));
    }

    /**
     * The other way round; what lies outside of the components is lost.
     *
     * @param w {@code float[N, W]}
     * @return {@code float[N, D]}
     */
    public NDArray coordinates(NDArray w) {
        NDArray norm = Ownership.like(w, basis.square().sum(new int[] {1}));
        NDArray transposed = Ownership.like(w, basis.transpose());
        return w.sub(mean).matMul(transposed).div(norm);
    }

    /**
     * Whether it is that of a generator.
     *
     * @param wMean of the generator, {@code float[W]}
     */
    public boolean fits(float[] wMean) {
        float[] own = mean.toFloatArray();
        if (own.length != wMean.length) {
            return false;
        }
        for (int i = 0; i < own.length; i++) {
            if (!(Math.abs(own[i] - wMean[i]) < SAME)) {
                return false;
            }
        }
        return true;
    }
}
