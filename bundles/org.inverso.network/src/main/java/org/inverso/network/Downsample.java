/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

/** Halves an image: each pixel is the mean of four. */
public final class Downsample implements Layer {

    private static final Shape TWO = new Shape(2, 2);

    @Override
    public NDArray forward(NDArray input) {
        return Pool.avgPool2d(input, TWO, TWO, new Shape(0, 0), false, true);
    }
}
