/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.net.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.Arrays;
import java.util.List;
import org.inverso.network.BilinearUpsample;
import org.inverso.network.Convolution;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;

/**
 * Residual U-block (Qin et al., U2-Net, arXiv 2005.09007, figure 2): a small U-Net whose output is
 * added to what its first convolution makes of the input. Batch normalisation is folded into the
 * convolutions.
 */
public final class ResidualUBlock implements Layer {

    private static final Layer HALVED = ResidualUBlock::halved;
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NONE = new Shape(0, 0);

    private final Layer in;
    private final Layer[] down;
    private final Layer bottom;
    private final Layer[] up;
    private final boolean pooled;

    /**
     * A block that halves its picture between the levels.
     *
     * @param levels above the dilated convolution at the bottom; the picture's sides are multiples
     *     of {@code 2^(levels - 1)}
     * @param names gets the names of the convolutions in the order in which they are evaluated
     */
    public static ResidualUBlock pooled(
            Parameters parameters,
            String name,
            int levels,
            int in,
            int middle,
            int out,
            List<String> names) {
        int[] dilations = new int[levels];
        Arrays.fill(dilations, 1);
        return new ResidualUBlock(parameters, name, dilations, 2, true, in, middle, out, names);
    }

    /** A block (RSU-4F) that dilates its kernels instead: 1, 2, 4 and at the bottom 8. */
    public static ResidualUBlock dilated(
            Parameters parameters, String name, int in, int middle, int out, List<String> names) {
        return new ResidualUBlock(
                parameters, name, new int[] {1, 2, 4}, 8, false, in, middle, out, names);
    }

    private ResidualUBlock(
            Parameters parameters,
            String name,
            int[] dilations,
            int lowest,
            boolean pooled,
            int in,
            int middle,
            int out,
            List<String> names) {
        int levels = dilations.length;
        this.pooled = pooled;
        this.in = unit(parameters, name + ".in", in, out, 1, names);
        this.down = new Layer[levels];
        for (int i = 0; i < levels; i++) {
            down[i] =
                    unit(
                            parameters,
                            name + ".down" + i,
                            i == 0 ? out : middle,
                            middle,
                            dilations[i],
                            names);
        }
        this.bottom = unit(parameters, name + ".bottom", middle, middle, lowest, names);
        this.up = new Layer[levels];
        for (int i = levels - 1; i >= 0; i--) {
            up[i] =
                    unit(
                            parameters,
                            name + ".up" + i,
                            2 * middle,
                            i == 0 ? out : middle,
                            dilations[i],
                            names);
        }
    }

    private static Layer unit(
            Parameters parameters, String name, int in, int out, int dilation, List<String> names) {
        names.add(name);
        return new Convolution(parameters, name, in, out, 3, 1, dilation, true)
                .then(Activation::relu);
    }

    @Override
    public NDArray forward(NDArray input) {
        Layer twice = new BilinearUpsample(2);
        NDArray first = in.forward(input);
        NDArray[] levels = new NDArray[down.length];
        for (int i = 0; i < down.length; i++) {
            Layer level = i > 0 && pooled ? HALVED.then(down[i]) : down[i];
            levels[i] = level.forward(i == 0 ? first : levels[i - 1]);
        }
        NDArray features = bottom.forward(levels[levels.length - 1]);
        for (int i = down.length - 1; i >= 0; i--) {
            if (pooled && i < down.length - 1) {
                features = freed(features, twice.forward(features));
            }
            NDArray both = freed(levels[i], freed(features, joined(features, levels[i])));
            features = freed(both, up[i].forward(both));
        }
        return freed(first, freed(features, features.add(first)));
    }

    /** Closes what is not needed any more, for the sake of the caches. */
    private static NDArray freed(NDArray used, NDArray result) {
        used.close();
        return result;
    }

    /** Largest values of squares of two by two pixels. */
    public static NDArray halved(NDArray features) {
        return Pool.maxPool2d(features, TWO, TWO, NONE, false);
    }

    /** Channels of both. */
    public static NDArray joined(NDArray one, NDArray other) {
        return NDArrays.concat(new NDList(one, other), 1);
    }
}
