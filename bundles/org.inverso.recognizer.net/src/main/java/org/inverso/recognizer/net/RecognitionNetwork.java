/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.List;
import org.inverso.network.Convolution;
import org.inverso.network.Dense;
import org.inverso.network.GroupNorm;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.ResidualBlock;

/**
 * Residual network for small pictures: {@code float[N, 3, 32, 32]} (colour from -1 to 1) to logits
 * of {@link #CLASSES}.
 */
public final class RecognitionNetwork implements Layer {

    /** Side of the input, pixels. */
    public static final int SIZE = 32;

    /** What the logits stand for. */
    public static final List<String> CLASSES = List.of("car", "horse", "bird", "none");

    /** Names of the parameters that the logits are linear in. */
    public static final List<String> LOGITS = List.of("classes.weight", "classes.bias");

    private static final int GROUPS = 8;

    /** Length of what the logits are linear in. */
    public static final int FEATURES = 160;

    private final Layer trunk;
    private final Layer classes;

    public RecognitionNetwork(Parameters parameters) {
        this.trunk =
                new Convolution(parameters, "stem", 3, 32, 3, 1, false)
                        .then(new GroupNorm(parameters, "stem.norm", 32, GROUPS))
                        .then(Activation::relu)
                        .then(new ResidualBlock(parameters, "stage1", 32, 48, 2, GROUPS))
                        .then(new ResidualBlock(parameters, "stage2", 48, 96, 2, GROUPS))
                        .then(new ResidualBlock(parameters, "stage2b", 96, 96, 1, GROUPS))
                        .then(new ResidualBlock(parameters, "stage3", 96, FEATURES, 2, GROUPS))
                        .then(features -> features.mean(new int[] {3}).mean(new int[] {2}));
        this.classes = new Dense(parameters, "classes", FEATURES, CLASSES.size(), 0.1);
    }

    /** What it sees in pictures, {@code float[N, FEATURES]}, before it decides. */
    public NDArray features(NDArray colour) {
        return trunk.forward(colour);
    }

    @Override
    public NDArray forward(NDArray colour) {
        return classes.forward(features(colour));
    }
}
