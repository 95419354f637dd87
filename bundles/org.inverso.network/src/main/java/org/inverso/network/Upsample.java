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

/** Doubles an image by repeating its pixels. */
public final class Upsample implements Layer {

    /** Code of nearest neighbour interpolation in DJL's native part. */
    private static final int NEAREST = 0;

    @Override
    public NDArray forward(NDArray input) {
        Shape shape = input.getShape();
        return JniUtils.interpolate(
                (PtNDArray) input, new long[] {2 * shape.get(2), 2 * shape.get(3)}, NEAREST, false);
    }
}
