/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.List;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Plane;
import org.inverso.network.Convolution;
import org.inverso.network.Dense;
import org.inverso.network.GroupNorm;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.ResidualBlock;

/**
 * Residual network for mattes: {@code float[N, 1, 64, 64]} (alpha from 0 to 1, as {@link
 * org.inverso.api.image.CropRegion#around} crops it) to logits of {@link
 * RecognitionNetwork#CLASSES}. An outline looks the same in a rendering and in a photo.
 */
public final class OutlineNetwork implements Layer {

    /** Side of the input, pixels. */
    public static final int SIZE = 64;

    /** Names of the parameters that the logits are linear in. */
    public static final List<String> LOGITS = List.of("classes.weight", "classes.bias");

    private static final int GROUPS = 8;

    /** Taps along one side of a pixel of the input. */
    private static final int MOST_TAPS = 6;

    private final Layer layers;

    public OutlineNetwork(Parameters parameters) {
        this.layers =
                new Convolution(parameters, "stem", 1, 16, 5, 2, false)
                        .then(new GroupNorm(parameters, "stem.norm", 16, GROUPS))
                        .then(Activation::relu)
                        .then(new ResidualBlock(parameters, "stage1", 16, 32, 2, GROUPS))
                        .then(new ResidualBlock(parameters, "stage2", 32, 64, 2, GROUPS))
                        .then(new ResidualBlock(parameters, "stage3", 64, 96, 2, GROUPS))
                        .then(features -> features.mean(new int[] {3}).mean(new int[] {2}))
                        .then(
                                new Dense(
                                        parameters,
                                        "classes",
                                        96,
                                        RecognitionNetwork.CLASSES.size(),
                                        0.1));
    }

    /**
     * A matte as the network wants it.
     *
     * @param region of the matte; beyond its borders there is nothing
     * @param dest {@code float[SIZE*SIZE]} from {@code offset} on
     */
    public static void sample(Plane alpha, CropRegion region, float[] dest, int offset) {
        float step = region.size() / SIZE;
        int taps = Math.max(1, Math.min(MOST_TAPS, (int) Math.ceil(step)));
        for (int i = 0; i < SIZE * SIZE; i++) {
            float sum = 0;
            for (int t = 0; t < taps * taps; t++) {
                int x = (int) Math.floor(region.x() + (i % SIZE + (t % taps + 0.5f) / taps) * step);
                int y = (int) Math.floor(region.y() + (i / SIZE + (t / taps + 0.5f) / taps) * step);
                boolean inside = x >= 0 && y >= 0 && x < alpha.width() && y < alpha.height();
                sum += inside ? alpha.get(x, y) : 0;
            }
            dest[offset + i] = sum / (taps * taps);
        }
    }

    @Override
    public NDArray forward(NDArray alpha) {
        return layers.forward(alpha);
    }
}
