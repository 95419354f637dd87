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

/**
 * Group normalisation (Wu and He 2018, arXiv 1803.08494) with a learned scale and offset a channel.
 * It does not depend on the batch, so training and use agree.
 *
 * <p>DJL has no such operator. Batch normalisation of one sample whose channels are the groups of
 * all samples computes the same.
 */
public final class GroupNorm implements Layer {

    private static final double EPSILON = 1e-5;

    private final NDArray scale;
    private final NDArray offset;
    private final int groups;

    public GroupNorm(Parameters parameters, String name, int channels, int groups) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(channels + " channels in " + groups + " groups");
        }
        this.groups = groups;
        this.scale = parameters.constant(name + ".scale", 1, 1, channels, 1, 1);
        this.offset = parameters.constant(name + ".offset", 0, 1, channels, 1, 1);
    }

    @Override
    public NDArray forward(NDArray input) {
        Shape shape = input.getShape();
        long instances = shape.get(0) * groups;
        NDArray ones = input.getManager().ones(new Shape(instances));
        NDArray zeros = input.getManager().zeros(new Shape(instances));
        NDArray normalised =
                JniUtils.batchNorm(
                        (PtNDArray)
                                input.reshape(
                                        1,
                                        instances,
                                        shape.get(1) / groups,
                                        shape.get(2) * shape.get(3)),
                        // Running statistics are written and thrown away.
                        (PtNDArray) zeros.duplicate(),
                        (PtNDArray) ones.duplicate(),
                        (PtNDArray) ones,
                        (PtNDArray) zeros,
                        true,
                        0.1,
                        EPSILON);
        return normalised.reshape(shape).mul(scale).add(offset);
    }
}
