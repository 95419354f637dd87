/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.inverso.network.Dense;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.StyleUnits;

/**
 * From a matted crop to the styles with which a generator draws such an object: {@code float[N, 4,
 * 128, 128]} to w+ {@code float[N, L * W]}, the styles of the first layer first. An {@link
 * EncoderNetwork} and one more layer; the crop is made coarser first, since a generator's pictures,
 * from which the network learns, have no fine detail.
 */
public final class WPlusEncoderNetwork implements Layer {

    private static final int SIDE = EncoderNetwork.SIZE;
    private static final String STYLES = "wPlus";

    private final StyleUnits units;
    private final EncoderNetwork encoder;
    private final Layer styles;

    /**
     * @param layers L, of the generator
     * @param wSize W
     */
    public WPlusEncoderNetwork(Parameters parameters, int layers, int wSize) {
        this(parameters, new StyleUnits(parameters, wSize), layers * wSize);
    }

    private WPlusEncoderNetwork(Parameters parameters, StyleUnits units, int length) {
        this.units = units;
        this.encoder = new EncoderNetwork(parameters);
        this.styles = new Dense(parameters, STYLES, EncoderNetwork.LATENT, length, 0.1);
    }

    /** Of the sizes that the parameters have. */
    public static WPlusEncoderNetwork read(Parameters parameters) {
        return new WPlusEncoderNetwork(
                parameters,
                StyleUnits.read(parameters),
                (int) parameters.dimension(STYLES + ".bias", 0));
    }

    @Override
    public NDArray forward(NDArray crops) {
        return units.wPlus(standard(features(crops)));
    }

    /** What the convolutions make of crops, {@code float[N, 4096]}. */
    public NDArray features(NDArray crops) {
        NDArray rows = crops.getManager().create(coarser(), new Shape(SIDE, SIDE));
        return encoder.features(rows.matMul(crops).matMul(rows.transpose()));
    }

    /**
     * w+ in the units of {@link StyleUnits}, from {@link #features}.
     *
     * @return {@code float[N, L * W]}
     */
    public NDArray standard(NDArray features) {
        return styles.forward(encoder.latent(features));
    }

    /** A matrix that averages pairs of pixels, and interpolates between the averages. */
    private static float[] coarser() {
        float[] matrix = new float[SIDE * SIDE];
        for (int i = 0; i < SIDE; i++) {
            float at = Math.max(0, Math.min(SIDE / 2f - 1, (i + 0.5f) / 2 - 0.5f));
            int lower = Math.min((int) at, SIDE / 2 - 2);
            for (int p = 0; p < 2; p++) {
                matrix[i * SIDE + 2 * lower + p] += (1 - (at - lower)) / 2;
                matrix[i * SIDE + 2 * lower + 2 + p] += (at - lower) / 2;
            }
        }
        return matrix;
    }
}
