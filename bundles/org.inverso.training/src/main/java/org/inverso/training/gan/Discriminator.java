/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import ai.djl.ndarray.NDArray;
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
 */
public final class Discriminator implements Layer {

    private static final int FIRST_RESOLUTION = 4;

    private final Layer layers;

    /**
     * @param channels of the blocks at 4x4, 8x8 and so on, as the generator's
     */
    public Discriminator(Parameters parameters, List<Integer> channels) {
        int last = channels.size() - 1;
        Layer all =
                new EqualizedConvolution(parameters, "rgb", 3, channels.get(last), 1, true)
                        .then(new ScaledLeakyRelu());
        for (int block = last; block > 0; block--) {
            all =
                    all.then(
                            block(
                                    parameters,
                                    "block" + (FIRST_RESOLUTION << block),
                                    channels.get(block),
                                    channels.get(block - 1)));
        }
        int width = channels.get(0);
        int pixels = FIRST_RESOLUTION * FIRST_RESOLUTION;
        this.layers =
                all.then(new MinibatchDeviation())
                        .then(
                                new EqualizedConvolution(
                                        parameters, "last", width + 1, width, 3, true))
                        .then(new ScaledLeakyRelu())
                        .then(x -> x.reshape(x.getShape().get(0), -1))
                        .then(new EqualizedDense(parameters, "dense", width * pixels, width, 0, 1))
                        .then(new ScaledLeakyRelu())
                        .then(new EqualizedDense(parameters, "score", width, 1, 0, 1))
                        .then(x -> x.reshape(x.getShape().get(0)));
    }

    private static Layer block(Parameters parameters, String name, int in, int out) {
        Layer down = new Downsample();
        Layer around =
                new EqualizedConvolution(parameters, name + ".conv0", in, in, 3, true)
                        .then(new ScaledLeakyRelu())
                        .then(down)
                        .then(
                                new EqualizedConvolution(
                                        parameters, name + ".conv1", in, out, 3, true))
                        .then(new ScaledLeakyRelu());
        Layer shortcut =
                down.then(
                        new EqualizedConvolution(
                                parameters, name + ".shortcut", in, out, 1, false));
        return x -> around.forward(x).add(shortcut.forward(x)).mul((float) Math.sqrt(0.5));
    }

    @Override
    public NDArray forward(NDArray pictures) {
        return layers.forward(pictures);
    }
}
