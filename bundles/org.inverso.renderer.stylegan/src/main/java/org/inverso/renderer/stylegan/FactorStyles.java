/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.inverso.network.Dense;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;

/**
 * What each factor by itself would have the styles be: an MLP each. Results are coordinates {@code
 * float[N, K, D]} for the camera and {@code float[N, L, D]} for the others.
 */
final class FactorStyles {

    static final String SHAPE = "shape";

    private static final int HIDDEN = 256;

    /** Of the last layers' weights: all styles begin near the mean. */
    private static final double SMALL = 0.1;

    private final Layer camera;
    private final Layer shape;
    private final Layer texture;
    private final Layer background;

    FactorStyles(Parameters parameters, RendererShape sizes) {
        this.camera = mlp(parameters, "camera", CameraFactor.SIZE, sizes.cameraLayers(), sizes);
        this.shape = mlp(parameters, SHAPE, sizes.shapeSize(), sizes.layers(), sizes);
        this.background = mlp(parameters, "background", BackgroundGrid.SIZE, sizes.layers(), sizes);
        this.texture = mlp(parameters, "texture", TextureBands.SIZE, sizes.layers(), sizes);
    }

    private static Layer mlp(
            Parameters parameters, String name, int in, int layers, RendererShape sizes) {
        int out = layers * sizes.components();
        return new Dense(parameters, name + ".0", in, HIDDEN, Math.sqrt(2))
                .then(Activation::relu)
                .then(new Dense(parameters, name + ".1", HIDDEN, HIDDEN, Math.sqrt(2)))
                .then(Activation::relu)
                .then(new Dense(parameters, name + ".2", HIDDEN, out, SMALL))
                .then(flat -> flat.reshape(flat.getShape().get(0), layers, sizes.components()));
    }

    NDArray camera(NDArray factor) {
        return camera.forward(factor);
    }

    NDArray shape(NDArray factor) {
        return shape.forward(factor);
    }

    NDArray texture(NDArray factor) {
        return texture.forward(factor);
    }

    NDArray background(NDArray factor) {
        return background.forward(factor);
    }
}
