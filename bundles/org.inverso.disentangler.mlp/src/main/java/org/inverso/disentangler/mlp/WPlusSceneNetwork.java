/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.inverso.network.Dense;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.StyleUnits;

/**
 * Takes a generator's styles apart: an MLP from w+ {@code float[N, L * W]} to the latent code that
 * the heads of a {@link SceneNetwork} read.
 */
public final class WPlusSceneNetwork implements SceneReader {

    private static final int HIDDEN = 512;
    private static final int LATENT = 256;
    private static final String FIRST = "styles.0";

    private final int length;
    private final StyleUnits units;
    private final Layer mapping;
    private final SceneNetwork scene;

    /**
     * @param layers L, of the generator
     * @param wSize W
     */
    public WPlusSceneNetwork(
            Parameters parameters, int layers, int wSize, int shapeCount, int poseCount) {
        this(
                parameters,
                layers * wSize,
                new StyleUnits(parameters, wSize),
                new SceneNetwork(parameters, LATENT, shapeCount, poseCount));
    }

    private WPlusSceneNetwork(
            Parameters parameters, int length, StyleUnits units, SceneNetwork scene) {
        this.length = length;
        this.units = units;
        this.scene = scene;
        this.mapping =
                new Dense(parameters, FIRST, length, HIDDEN, Math.sqrt(2))
                        .then(Activation::relu)
                        .then(new Dense(parameters, "styles.1", HIDDEN, HIDDEN, Math.sqrt(2)))
                        .then(Activation::relu)
                        .then(
                                new Dense(
                                        parameters,
                                        "styles.2",
                                        HIDDEN,
                                        scene.codeLength(),
                                        Math.sqrt(2)))
                        .then(Activation::relu);
    }

    /** Of the sizes that the parameters have. */
    public static WPlusSceneNetwork read(Parameters parameters) {
        return new WPlusSceneNetwork(
                parameters,
                (int) parameters.dimension(FIRST + ".weight", 1),
                StyleUnits.read(parameters),
                SceneNetwork.read(parameters));
    }

    /** L * W. */
    @Override
    public int codeLength() {
        return length;
    }

    @Override
    public int shapeCount() {
        return scene.shapeCount();
    }

    @Override
    public int poseCount() {
        return scene.poseCount();
    }

    @Override
    public SceneNetwork.Heads forward(NDArray wPlus, int textured) {
        return scene.forward(mapping.forward(units.standard(wPlus)), textured);
    }
}
