/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;

/**
 * A generator's styles (w+) as networks like to read and write them: less the mean of w, in units
 * of the deviation from it. Both numbers lie in the network's weights, and no gradient reaches
 * them.
 */
public final class StyleUnits {

    /** Name of the mean of w, {@code float[W]}. */
    public static final String MEAN = "w.mean";

    /** Name of the root mean square of w's deviation from its mean, {@code float[1]}. */
    public static final String DEVIATION = "w.deviation";

    private final int wSize;
    private final NDArray mean;
    private final NDArray deviation;

    /**
     * @param wSize length of w
     */
    public StyleUnits(Parameters parameters, int wSize) {
        this.wSize = wSize;
        this.mean = parameters.constant(MEAN, 0, wSize);
        this.deviation = parameters.constant(DEVIATION, 1, 1);
    }

    /** Of the length that the parameters, which were read, have. */
    public static StyleUnits read(Parameters parameters) {
        return new StyleUnits(parameters, (int) parameters.dimension(MEAN, 0));
    }

    /** Takes the mean and the deviation of a generator. */
    public void set(float[] wMean, float wDeviation) {
        mean.set(wMean);
        deviation.set(new float[] {wDeviation});
    }

    /** {@code float[N, L * W]} in the generator's units to the network's. */
    public NDArray standard(NDArray wPlus) {
        return byLayer(wPlus).sub(mean).div(deviation).reshape(wPlus.getShape());
    }

    /** {@code float[N, L * W]} in the network's units to the generator's. */
    public NDArray wPlus(NDArray standard) {
        return byLayer(standard).mul(deviation).add(mean).reshape(standard.getShape());
    }

    private NDArray byLayer(NDArray styles) {
        return styles.reshape(styles.getShape().get(0), -1, wSize);
    }
}
