/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Enlarges an image, bilinear; the corners of the pixel grids coincide, not the outer pixels. */
public final class BilinearUpsample implements Layer {

    /** Code of bilinear interpolation in DJL's native part. */
    private static final int BILINEAR = 2;

    private final int factor;

    /**
     * @param factor by which both sides grow
     */
    public BilinearUpsample(int factor) {
        this.factor = factor;
    }

    @Override
    public NDArray forward(NDArray input) {
        Shape shape = input.getShape();
        return JniUtils.interpolate(
                (PtNDArray) input,
                new long[] {factor * shape.get(2), factor * shape.get(3)},
                BILINEAR,
                false);
    }
}
