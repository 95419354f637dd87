/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/**
 * Convolutions whose channels fill oneDNN's blocks.
 *
 * <p>oneDNN takes 16 channels together with AVX-512 and 8 with AVX2. Where the last block is not
 * full, some kernels of LibTorch 2.7.1's read it all the same (24 channels to 48, 3x3, stride 2,
 * with AVX-512; 129 to 128, 3x3, with both): whatever the memory held before comes into the result,
 * now and then as NaN. Channels of zeros change nothing and leave no block unfilled.
 */
final class WholeBlocks {

    private static final int BLOCK = 16;

    private WholeBlocks() {}

    /**
     * @param input {@code float[N, C, H, W]}
     * @param weight {@code float[out, C, K, K]}
     * @param bias {@code float[out]}, or null
     */
    static NDArray convolve(
            NDArray input,
            NDArray weight,
            NDArray bias,
            Shape stride,
            Shape padding,
            Shape dilation) {
        long channels = input.getShape().get(1);
        // Of fewer channels than a block, oneDNN has kernels of their own; they keep to them.
        long missing = channels < BLOCK ? 0 : Math.floorMod(-channels, BLOCK);
        return Conv2d.conv2d(
                        filled(input, input, missing),
                        filled(input, weight, missing),
                        bias,
                        stride,
                        padding,
                        dilation,
                        1)
                .singletonOrThrow();
    }

    /** In the input's manager: results belong to that of the first operand, and weights stay. */
    private static NDArray filled(NDArray input, NDArray array, long missing) {
        if (missing == 0) {
            return array;
        }
        Shape shape = array.getShape();
        Shape zeros = new Shape(shape.get(0), missing, shape.get(2), shape.get(3));
        return input.getManager().zeros(zeros).concat(array, 1);
    }
}
