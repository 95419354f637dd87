/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Convolutions whose channels fill oneDNN's blocks.
 *
 * <p>oneDNN takes 16 channels together with AVX-512 and 8 with AVX2. On some processors (AMD EPYC
 * 9005 in a virtual machine, LibTorch 2.7.1), its kernels of 3x3 get sums over channels wrong whose
 * last block is not full: what lies there is left out, or is what the memory held before, now and
 * then NaN. The forward pass sums over the input's channels, and the backward pass over the
 * output's. Channels of zeros change nothing and leave no block unfilled.
 */
public final class WholeBlocks {

    private static final int BLOCK = 16;

    /** Of so few input channels, the forward pass has kernels of its own, which are right. */
    private static final int FEW = 4;

    private WholeBlocks() {}

    /**
     * @param input {@code float[N, C, H, W]}
     * @param weight {@code float[out, C, K, K]}
     * @param bias {@code float[out]}, or null
     * @return {@code float[N, out, H', W']}
     */
    public static NDArray convolve(
            NDArray input,
            NDArray weight,
            NDArray bias,
            Shape stride,
            Shape padding,
            Shape dilation) {
        Shape kernels = weight.getShape();
        if (kernels.get(2) == 1) {
            return Conv2d.conv2d(input, weight, bias, stride, padding, dilation, 1)
                    .singletonOrThrow();
        }
        long out = kernels.get(0);
        long in = kernels.get(1);
        boolean backward = JniUtils.isGradMode();
        NDManager manager = input.getManager();
        NDArray whole = weight;
        NDArray offset = bias;
        if (backward && missing(out) > 0) {
            whole = filled(manager, whole, 0, missing(out));
            offset = bias == null ? null : filled(manager, bias, 0, missing(out));
        }
        NDArray picture = input;
        if (in > FEW && missing(in) > 0) {
            whole = filled(manager, whole, 1, missing(in));
            picture = filled(manager, input, 1, missing(in));
        }
        NDArray result =
                Conv2d.conv2d(picture, whole, offset, stride, padding, dilation, 1)
                        .singletonOrThrow();
        return result.getShape().get(1) == out
                ? result
                : result.get(new NDIndex(":, {}:", missing(out)));
    }

    private static long missing(long channels) {
        return Math.floorMod(-channels, BLOCK);
    }

    /** The zeros come first: results belong to the manager of the first operand. */
    private static NDArray filled(NDManager manager, NDArray array, int axis, long missing) {
        long[] shape = array.getShape().getShape().clone();
        shape[axis] = missing;
        return manager.zeros(new Shape(shape)).concat(array, axis);
    }
}
