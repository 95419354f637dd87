/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.inverso.network.Downsample;
import org.inverso.network.EqualizedConvolution;
import org.inverso.network.EqualizedDense;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.ScaledLeakyRelu;

/**
 * StyleGAN2's residual discriminator (Karras et al. 2020, arXiv 1912.04958, figure 7): {@code
 * float[N, 3, R, R]} to {@code float[N]}, high for what looks real. Images are halved by averaging,
 * before the second convolution of a block.
 *
 * <p>Each block sees the shrunk picture beside what comes from the block before it (the same
 * figure, column b). So one for larger pictures begins as the one for smaller pictures was.
 */
public final class Discriminator implements Layer {

    private static final int FIRST_RESOLUTION = 4;

    /** Of each of the two sums of a block, so that their sum has the variance of one. */
    private static final double HALF = Math.sqrt(0.5);

    private final Layer down = new Downsample();
    private final List<Layer> colors = new ArrayList<>();
    private final List<Layer> blocks = new ArrayList<>();
    private final Layer score;

    /**
     * @param channels of the blocks at 4x4, 8x8 and so on, as the generator's
     */
    public Discriminator(Parameters parameters, List<Integer> channels) {
        for (int block = channels.size() - 1; block >= 0; block--) {
            int width = channels.get(block);
            int side = FIRST_RESOLUTION << block;
            colors.add(convolution(parameters, "rgb" + side, 3, width, 1, 1));
            if (block > 0) {
                blocks.add(block(parameters, "block" + side, width, channels.get(block - 1)));
            }
        }
        int width = channels.get(0);
        int pixels = FIRST_RESOLUTION * FIRST_RESOLUTION;
        this.score =
                new MinibatchDeviation()
                        .then(convolution(parameters, "last", width + 1, width, 3, 1))
                        .then(x -> x.reshape(x.getShape().get(0), -1))
                        .then(new EqualizedDense(parameters, "dense", width * pixels, width, 0, 1))
                        .then(new ScaledLeakyRelu())
                        .then(new EqualizedDense(parameters, "score", width, 1, 0, 1))
                        .then(x -> x.reshape(x.getShape().get(0)));
    }

    private Layer block(Parameters parameters, String name, int in, int out) {
        Layer around =
                convolution(parameters, name + ".conv0", in, in, 3, 1)
                        .then(down)
                        .then(convolution(parameters, name + ".conv1", in, out, 3, HALF));
        Layer shortcut =
                down.then(
                        new EqualizedConvolution(
                                parameters, name + ".shortcut", in, out, 1, false, HALF));
        return x -> around.forward(x).addi(shortcut.forward(x));
    }

    /** Convolution and activation. */
    private static Layer convolution(
            Parameters parameters, String name, int in, int out, int kernel, double gain) {
        return new EqualizedConvolution(
                        parameters, name, in, out, kernel, true, gain * ScaledLeakyRelu.GAIN)
                .then(ScaledLeakyRelu::ofScaled);
    }

    @Override
    public NDArray forward(NDArray pictures) {
        NDArray picture = pictures;
        NDArray features = colors.get(0).forward(picture);
        for (int i = 0; i < blocks.size(); i++) {
            picture = down.forward(picture);
            // In place: no backward pass needs the sums.
            features = blocks.get(i).forward(features).addi(colors.get(i + 1).forward(picture));
        }
        return score.forward(features);
    }
}
