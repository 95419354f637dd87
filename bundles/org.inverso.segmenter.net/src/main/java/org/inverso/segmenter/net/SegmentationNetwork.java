/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.net;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.inverso.network.Convolution;
import org.inverso.network.GroupNorm;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.ResidualBlock;
import org.inverso.network.Upsample;

/**
 * U-Net (Ronneberger et al. 2015, arXiv 1505.04597) with residual blocks: {@code float[N, 3, S, S]}
 * (colour from -1 to 1, S a multiple of 32) to foreground logits {@code float[N, 1, S/2, S/2]}.
 */
public final class SegmentationNetwork implements Layer {

    /** Side of the input that it was trained with, pixels. */
    public static final int SIZE = 128;

    private static final int[] CHANNELS = {24, 40, 72, 128, 192};
    private static final int GROUPS = 8;

    private final Layer stem;
    private final Layer[] down = new Layer[4];
    private final Layer[] lateral = new Layer[4];
    private final Layer[] up = new Layer[4];
    private final Layer out;

    public SegmentationNetwork(Parameters parameters) {
        this.stem = unit(parameters, "stem", 3, CHANNELS[0], 5, 2);
        for (int i = 0; i < 4; i++) {
            Layer halve =
                    new ResidualBlock(
                            parameters, "down" + i, CHANNELS[i], CHANNELS[i + 1], 2, GROUPS);
            down[i] =
                    i < 1
                            ? halve
                            : halve.then(
                                    new ResidualBlock(
                                            parameters,
                                            "down" + i + "b",
                                            CHANNELS[i + 1],
                                            CHANNELS[i + 1],
                                            1,
                                            GROUPS));
            lateral[i] =
                    new Convolution(
                            parameters, "lateral" + i, CHANNELS[i + 1], CHANNELS[i], 1, 1, false);
            up[i] = unit(parameters, "up" + i, CHANNELS[i], CHANNELS[i], 3, 1);
        }
        this.out = new Convolution(parameters, "out", CHANNELS[0], 1, 1, 1, true);
    }

    private static Layer unit(
            Parameters parameters, String name, int in, int out, int kernel, int stride) {
        return new Convolution(parameters, name, in, out, kernel, stride, false)
                .then(new GroupNorm(parameters, name + ".norm", out, GROUPS))
                .then(Activation::relu);
    }

    @Override
    public NDArray forward(NDArray colour) {
        NDArray[] levels = new NDArray[5];
        levels[0] = stem.forward(colour);
        for (int i = 0; i < 4; i++) {
            levels[i + 1] = down[i].forward(levels[i]);
        }
        Upsample twice = new Upsample();
        NDArray features = levels[4];
        for (int i = 3; i >= 0; i--) {
            // The 1x1 convolution commutes with the repetition of pixels and is cheaper before it.
            features = up[i].forward(twice.forward(lateral[i].forward(features)).add(levels[i]));
        }
        return out.forward(features);
    }
}
