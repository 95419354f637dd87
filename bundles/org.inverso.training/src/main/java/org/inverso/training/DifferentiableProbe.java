/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import org.inverso.api.category.CategoryModel;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;

/**
 * The category's supervised networks behind a {@link MatteStudent}: what {@link SupervisedProbe}
 * sees, with a gradient to the picture. Crops are placed as the mattes are; how the placement
 * depends on the picture has no gradient.
 */
final class DifferentiableProbe {

    private final MatteStudent matting;
    private final EncoderNetwork encoder;
    private final SceneNetwork scene;

    /**
     * @param manager of the networks
     * @param category with the weights {@code encoder} and {@code disentangler}
     */
    DifferentiableProbe(NDManager manager, CategoryModel category, MatteStudent matting) {
        this.matting = matting;
        this.encoder = new EncoderNetwork(Parameters.read(manager, category.weights("encoder")));
        this.scene = SceneNetwork.read(Parameters.read(manager, category.weights("disentangler")));
    }

    /**
     * What it sees.
     *
     * @param matte of the pictures, {@code float[N, 1, R, R]}, 0 to 1
     */
    record Sight(SceneNetwork.Heads heads, NDArray matte) {}

    /**
     * @param pictures {@code float[N, 3, R, R]}, -1 to 1
     */
    Sight look(NDArray pictures) {
        NDArray limited = pictures.clip(-1, 1);
        NDArray matte = Activation.sigmoid(matting.forward(limited));
        int side = (int) pictures.getShape().get(2);
        CropWindows windows =
                CropWindows.around(
                        pictures.getManager(), matte.toFloatArray(), side, EncoderNetwork.SIZE);
        NDArray alpha = windows.of(matte);
        NDArray colors = windows.of(limited.add(1)).mul(alpha).sub(1);
        NDArray crops = colors.concat(Scaled.by(alpha, 2).sub(1), 1);
        return new Sight(scene.forward(encoder.forward(crops), 1), matte);
    }
}
