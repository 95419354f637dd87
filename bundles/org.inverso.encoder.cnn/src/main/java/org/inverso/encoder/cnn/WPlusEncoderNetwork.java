/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn;

import ai.djl.ndarray.NDArray;
import org.inverso.network.Dense;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.StyleUnits;
import org.inverso.network.Upsample;

/**
 * From a matted crop to the styles with which a generator draws such an object: {@code float[N, 4,
 * 128, 128]} to w+ {@code float[N, L * W]}, the styles of the first layer first. An {@link
 * EncoderNetwork} and one more layer; the crop is made coarser first, since a generator's pictures,
 * from which the network learns, have no fine detail.
 */
public final class WPlusEncoderNetwork implements Layer {

    private static final int HALF = EncoderNetwork.SIZE / 2;
    private static final String STYLES = "wPlus";

    private final StyleUnits units;
    private final Layer layers;

    /**
     * @param layers L, of the generator
     * @param wSize W
     */
    public WPlusEncoderNetwork(Parameters parameters, int layers, int wSize) {
        this(parameters, new StyleUnits(parameters, wSize), layers * wSize);
    }

    private WPlusEncoderNetwork(Parameters parameters, StyleUnits units, int length) {
        this.units = units;
        this.layers =
                new EncoderNetwork(parameters)
                        .then(
                                new Dense(
                                        parameters, STYLES, EncoderNetwork.LATENT, length, 0.1));
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
        return units.wPlus(standard(crops));
    }

    /** The same in the units of {@link StyleUnits}. */
    public NDArray standard(NDArray crops) {
        return layers.forward(coarse(crops));
    }

    /** Means of 2x2 pixels in the place of each. */
    private static NDArray coarse(NDArray crops) {
        NDArray halved = crops.reshape(-1, 4, HALF, 2, HALF, 2).mean(new int[] {3, 5});
        return new Upsample().forward(halved);
    }
}
