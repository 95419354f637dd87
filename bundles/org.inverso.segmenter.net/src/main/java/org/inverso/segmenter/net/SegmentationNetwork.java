/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.inverso.network.BilinearUpsample;
import org.inverso.network.Convolution;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.segmenter.net.internal.ResidualUBlock;

/**
 * The small U2-Net (Qin et al. 2020, arXiv 2005.09007), a U-Net of U-Nets, without the finest stage
 * of its decoder. That stage does half of the arithmetic, to find at full size what is seen at half
 * of it. RGB {@code float[N,3,S,S]} in -1 to 1 becomes foreground logits {@code float[N,1,S,S]}; S
 * is a multiple of 32.
 */
public final class SegmentationNetwork implements Layer {

    /** Side of the pictures that it is trained with, and looks at closely, pixels. */
    public static final int SIZE = 256;

    private static final int CHANNELS = 64;
    private static final int MIDDLE = 16;

    /** Levels of the pooled blocks, from the finest; below them are two dilated ones. */
    private static final int[] LEVELS = {6, 5, 4, 3};

    private static final int STAGES = LEVELS.length + 2;

    /** The finest stage that is decoded. */
    private static final int FINEST = 1;

    /** ImageNet's mean and deviation, which the published weights expect, of values 0 to 1. */
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final Layer[] encoder = new Layer[STAGES];
    private final Layer[] decoder = new Layer[STAGES - 1];
    private final Layer[] side = new Layer[STAGES];
    private final Layer fusion;
    private final List<String> convolutions = new ArrayList<>();

    public SegmentationNetwork(Parameters parameters) {
        for (int i = 0; i < STAGES; i++) {
            encoder[i] = block(parameters, "encoder" + i, i, i == 0 ? 3 : CHANNELS);
        }
        for (int i = STAGES - 2; i >= FINEST; i--) {
            decoder[i] = block(parameters, "decoder" + i, i, 2 * CHANNELS);
        }
        for (int i = FINEST; i < STAGES; i++) {
            convolutions.add("side" + i);
            side[i] = new Convolution(parameters, "side" + i, CHANNELS, 1, 3, 1, true);
        }
        convolutions.add("fusion");
        fusion = new Convolution(parameters, "fusion", STAGES - FINEST, 1, 1, 1, true);
    }

    private Layer block(Parameters parameters, String name, int stage, int in) {
        return stage < LEVELS.length
                ? ResidualUBlock.pooled(
                        parameters, name, LEVELS[stage], in, MIDDLE, CHANNELS, convolutions)
                : ResidualUBlock.dilated(parameters, name, in, MIDDLE, CHANNELS, convolutions);
    }

    /**
     * Names of the convolutions in the order in which they are evaluated. Each has the parameters
     * NAME.weight and NAME.bias.
     */
    public List<String> convolutions() {
        return List.copyOf(convolutions);
    }

    @Override
    public NDArray forward(NDArray colour) {
        return outputs(colour).get(0);
    }

    /**
     * What training looks at: the logits, then those that each level has by itself, the finest
     * first; all of the input's size.
     */
    public NDList outputs(NDArray colour) {
        NDManager manager = colour.getManager();
        Layer twice = new BilinearUpsample(2);
        NDArray[] levels = new NDArray[STAGES];
        NDArray features = normalized(manager, colour);
        for (int i = 0; i < STAGES; i++) {
            features = encoder[i].forward(i > 0 ? ResidualUBlock.halved(features) : features);
            levels[i] = features;
        }
        for (int i = STAGES - 2; i >= FINEST; i--) {
            features =
                    decoder[i].forward(ResidualUBlock.joined(twice.forward(features), levels[i]));
            levels[i] = features;
        }
        NDList sides = new NDList();
        for (int i = FINEST; i < STAGES; i++) {
            sides.add(new BilinearUpsample(1 << i).forward(side[i].forward(levels[i])));
        }
        NDList outputs = new NDList(fusion.forward(NDArrays.concat(sides, 1)));
        outputs.addAll(sides);
        return outputs;
    }

    private static NDArray normalized(NDManager manager, NDArray colour) {
        float[] scale = new float[3];
        float[] offset = new float[3];
        for (int c = 0; c < 3; c++) {
            scale[c] = 0.5f / DEVIATION[c];
            offset[c] = (0.5f - MEAN[c]) / DEVIATION[c];
        }
        Shape channels = new Shape(1, 3, 1, 1);
        return colour.mul(manager.create(scale, channels)).add(manager.create(offset, channels));
    }
}
