/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.InversoException;
import org.inverso.network.Parameters;
import org.inverso.segmenter.net.SegmentationNetwork;

/**
 * The weights of U2-Net-p as its authors published it, for the network that lacks a stage of it.
 */
final class PublishedSegmenter {

    /** Convolutions of the decoder's finest stage. */
    private static final int FINEST_STAGE = 14;

    private static final String FIRST_SIDE = "side1";
    private static final String FUSION = "fusion";

    private PublishedSegmenter() {}

    /**
     * Weights to begin with. What the finest level had to say in the sum of all, the next one says.
     *
     * @param published convolutions in the order in which they are evaluated
     * @throws InversoException when they are of another network
     */
    static Parameters read(NDManager manager, List<OnnxWeights.Convolution> published) {
        Parameters parameters = Parameters.random(manager, 0);
        List<String> names = new SegmentationNetwork(parameters).convolutions();
        int left = names.indexOf(FIRST_SIDE);
        int all = names.size() + FINEST_STAGE + 1;
        if (published.size() != all) {
            throw new InversoException(
                    "U2-Net-p has " + all + " convolutions, this model has " + published.size());
        }
        List<OnnxWeights.Convolution> kept = new ArrayList<>(published);
        kept.subList(left, left + FINEST_STAGE + 1).clear();
        for (int i = 0; i < names.size(); i++) {
            float[] weight = kept.get(i).weight();
            boolean fusion = names.get(i).equals(FUSION);
            set(parameters, names.get(i) + ".weight", fusion ? withoutFirst(weight) : weight);
            set(parameters, names.get(i) + ".bias", kept.get(i).bias());
        }
        return parameters;
    }

    private static float[] withoutFirst(float[] weights) {
        float[] rest = Arrays.copyOfRange(weights, 1, weights.length);
        rest[0] += weights[0];
        return rest;
    }

    private static void set(Parameters parameters, String name, float[] values) {
        NDArray array = parameters.arrays().get(name);
        if (array.size() != values.length) {
            throw new InversoException(
                    name + " has " + array.size() + " values, this model's " + values.length);
        }
        array.set(values);
    }
}
