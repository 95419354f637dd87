/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.inverso.api.image.Image;
import org.inverso.network.Convolution;
import org.inverso.network.Dense;
import org.inverso.network.GroupNorm;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.ResidualBlock;

/**
 * Residual network from a matted crop to a latent code: {@code float[N, 4, 128, 128]} to {@code
 * float[N, 256]}.
 */
public final class EncoderNetwork implements Layer {

    /** Side of the input, pixels. */
    public static final int SIZE = 128;

    /** Length of the latent code. */
    public static final int LATENT = 256;

    private static final int GROUPS = 8;

    /** Of the trunk: 256 planes of 4x4. */
    private static final int FEATURES = 256 * 4 * 4;

    private final Layer trunk;
    private final Layer latent;

    public EncoderNetwork(Parameters parameters) {
        this.trunk =
                new Convolution(parameters, "stem", 4, 24, 5, 2, false)
                        .then(new GroupNorm(parameters, "stem.norm", 24, GROUPS))
                        .then(Activation::relu)
                        .then(new ResidualBlock(parameters, "stage1", 24, 48, 2, GROUPS))
                        .then(new ResidualBlock(parameters, "stage2", 48, 96, 2, GROUPS))
                        .then(new ResidualBlock(parameters, "stage2b", 96, 96, 1, GROUPS))
                        .then(new ResidualBlock(parameters, "stage3", 96, 160, 2, GROUPS))
                        .then(new ResidualBlock(parameters, "stage3b", 160, 160, 1, GROUPS))
                        .then(new ResidualBlock(parameters, "stage4", 160, 256, 2, GROUPS))
                        .then(features -> features.reshape(features.getShape().get(0), -1));
        this.latent =
                new Dense(parameters, "latent", FEATURES, LATENT, Math.sqrt(2))
                        .then(Activation::relu);
    }

    @Override
    public NDArray forward(NDArray crops) {
        return latent(features(crops));
    }

    /** What the convolutions make of crops, {@code float[N, 4096]}. */
    public NDArray features(NDArray crops) {
        return trunk.forward(crops);
    }

    /** The latent code, from what the convolutions have made. */
    public NDArray latent(NDArray features) {
        return latent.forward(features);
    }

    /**
     * Writes a crop as the network reads it: colour from -1 to 1, black where the matte is 0, and
     * the matte from -1 to 1; planes R, G, B, A.
     *
     * @param dest {@code float[4 * SIZE * SIZE]} from {@code offset} on
     * @throws IllegalArgumentException when the crop has another size
     */
    public static void fill(Image crop, float[] dest, int offset) {
        if (crop.width() != SIZE || crop.height() != SIZE) {
            throw new IllegalArgumentException(
                    "the crop is "
                            + crop.width()
                            + "x"
                            + crop.height()
                            + " instead of "
                            + SIZE
                            + "x"
                            + SIZE);
        }
        byte[] rgba = crop.rgba();
        int plane = SIZE * SIZE;
        for (int i = 0; i < plane; i++) {
            float alpha = (rgba[4 * i + 3] & 0xff) / 255f;
            for (int c = 0; c < 3; c++) {
                dest[offset + c * plane + i] = ((rgba[4 * i + c] & 0xff) / 127.5f) * alpha - 1;
            }
            dest[offset + 3 * plane + i] = 2 * alpha - 1;
        }
    }
}
