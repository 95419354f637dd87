/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Bicubic enlargement of square images to any size, {@code float[N, C, side, side]}. */
public final class BicubicResize implements Layer {

    /** Code of bicubic interpolation in DJL's native part. */
    private static final int BICUBIC = 3;

    private final int side;

    /**
     * @param side of the results, pixels
     */
    public BicubicResize(int side) {
        this.side = side;
    }

    @Override
    public NDArray forward(NDArray input) {
        return JniUtils.interpolate((PtNDArray) input, new long[] {side, side}, BICUBIC, false);
    }
}
