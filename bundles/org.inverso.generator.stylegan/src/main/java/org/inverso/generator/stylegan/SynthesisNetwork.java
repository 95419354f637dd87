/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.inverso.network.Parameters;

/**
 * From styles to pictures (Karras et al. 2020, arXiv 1912.04958, figure 7, skip generator): a
 * learned constant at 4x4, then blocks that double the image; the colours of all blocks are added
 * up.
 *
 * <p>Layer l of the convolutions, counted over all blocks, takes style l; the colours of a block
 * take the style that the next block's first convolution takes, too.
 */
public final class SynthesisNetwork {

    private final GeneratorShape shape;
    private final NDArray constant;
    private final List<StyledConvolution> convolutions = new ArrayList<>();
    private final List<ToRgb> colors = new ArrayList<>();

    public SynthesisNetwork(Parameters parameters, GeneratorShape shape) {
        this.shape = shape;
        int first = shape.channels().get(0);
        int side = GeneratorShape.FIRST_RESOLUTION;
        this.constant = parameters.weight(name(side) + ".const", 1, 1, 1, first, side, side);
        int in = first;
        for (int block = 0; block < shape.channels().size(); block++) {
            int out = shape.channels().get(block);
            String name = name(side << block);
            if (block > 0) {
                convolutions.add(
                        new StyledConvolution(
                                parameters, name + ".conv0", in, out, shape.wSize(), true));
            }
            convolutions.add(
                    new StyledConvolution(
                            parameters, name + ".conv1", out, out, shape.wSize(), false));
            colors.add(new ToRgb(parameters, name + ".rgb", out, shape.wSize()));
            in = out;
        }
    }

    static String name(int resolution) {
        return "synthesis." + resolution;
    }

    /**
     * @param wPlus {@code float[N, L, W]}, one style a layer
     * @param noise one a convolution, as {@link LayerNoise} makes it
     * @return {@code float[N, 3, R, R]}; colours from -1 to 1 where the network has learned to
     */
    public NDArray forward(NDArray wPlus, List<NDArray> noise) {
        Shape s = constant.getShape();
        long samples = wPlus.getShape().get(0);
        NDArray features =
                wPlus.getManager()
                        .zeros(new Shape(samples, s.get(1), s.get(2), s.get(3)))
                        .add(constant);
        int layer = 0;
        features = convolution(features, wPlus, layer++, noise);
        NDArray picture = colors.get(0).forward(features, style(wPlus, layer));
        for (int block = 1; block < shape.channels().size(); block++) {
            features = convolution(features, wPlus, layer++, noise);
            features = convolution(features, wPlus, layer++, noise);
            picture =
                    Upsampling.image(picture)
                            .add(colors.get(block).forward(features, style(wPlus, layer)));
        }
        return picture;
    }

    private NDArray convolution(NDArray input, NDArray wPlus, int layer, List<NDArray> noise) {
        return convolutions.get(layer).forward(input, style(wPlus, layer), noise.get(layer));
    }

    private static NDArray style(NDArray wPlus, int layer) {
        return wPlus.get(new NDIndex(":, {}", layer));
    }
}
