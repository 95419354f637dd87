/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.inverso.network.Layer;

/**
 * One more channel that tells how much the samples of a group differ: the standard deviation over
 * the group, averaged over channels and pixels (Karras et al. 2018, arXiv 1710.10196, section 3). A
 * generator that always draws the same is found out by it.
 */
final class MinibatchDeviation implements Layer {

    private static final int GROUP = 4;
    private static final double EPSILON = 1e-8;

    @Override
    public NDArray forward(NDArray input) {
        Shape s = input.getShape();
        long samples = s.get(0);
        long group = samples;
        while (group > GROUP || samples % group != 0) {
            group--;
        }
        long groups = samples / group;
        NDArray grouped = input.reshape(group, groups, s.get(1) * s.get(2) * s.get(3));
        NDArray deviation =
                grouped.sub(grouped.mean(new int[] {0}, true))
                        .square()
                        .mean(new int[] {0})
                        .add(EPSILON)
                        .sqrt()
                        .mean(new int[] {1});
        NDArray channel =
                deviation
                        .reshape(1, groups, 1, 1, 1)
                        .broadcast(group, groups, 1, s.get(2), s.get(3))
                        .reshape(samples, 1, s.get(2), s.get(3));
        return input.concat(channel, 1);
    }
}
