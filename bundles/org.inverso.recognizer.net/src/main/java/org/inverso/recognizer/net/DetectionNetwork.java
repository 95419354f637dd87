/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;

/**
 * CenterNet (Zhou et al. 2019, arXiv 1904.07850) on MobileNetV3: for each point of a grid, 4 pixels
 * apart, how much it is the middle of an object of each of the {@link #CLASSES} of MS COCO, and how
 * far the sides of that object's box are. Sizes of layers are those of the weights.
 */
final class DetectionNetwork {

    /** Distance of the grid's points, pixels. */
    static final int STRIDE = 4;

    /** Number of kinds of objects. */
    static final int CLASSES = 80;

    /** Sides of pictures are a multiple of this, pixels. */
    static final int MULTIPLE = 32;

    /** Of the blocks, those that halve the picture. */
    private static final List<Integer> HALVING = List.of(1, 3, 6, 12);

    private static final int BLOCKS = 15;

    /** Blocks up to this one are activated by ReLU, the others by hard swish. */
    private static final int LAST_RELU = 5;

    /** Blocks of whose planes there is a copy at a quarter, an eighth and a 16th of the size. */
    private static final int QUARTER = 3;

    private static final int EIGHTH = 5;
    private static final int SIXTEENTH = 11;

    private final Layer stem;
    private final List<InvertedResidual> blocks = new ArrayList<>();
    private final Layer last;
    private final List<Layer> laterals = new ArrayList<>();
    private final List<Layer> ups = new ArrayList<>();
    private final Layer gate;
    private final Layer heat;
    private final Layer box;

    /**
     * What is seen at the points of the grid.
     *
     * @param heat how much they are an object's middle, {@code float[N, CLASSES, H, W]}, 0 to 1
     * @param box distances to the left, upper, right and lower side of the object's box, pixels,
     *     {@code float[N, 4, H, W]}
     */
    record Grid(NDArray heat, NDArray box) {}

    /**
     * @throws IllegalArgumentException when these are not the weights of such a network
     */
    DetectionNetwork(Parameters parameters) {
        this.stem = new ReadConvolution(parameters, "stem", 2).then(InvertedResidual::hardSwish);
        for (int b = 0; b < BLOCKS; b++) {
            blocks.add(
                    new InvertedResidual(
                            parameters,
                            "block" + b,
                            HALVING.contains(b) ? 2 : 1,
                            b <= LAST_RELU ? Activation::relu : InvertedResidual::hardSwish));
        }
        this.last = new ReadConvolution(parameters, "last", 1).then(InvertedResidual::hardSwish);
        for (int level = 4; level >= 2; level--) {
            laterals.add(
                    new ReadConvolution(parameters, "lateral" + level + ".reduce", 1)
                            .then(Activation::relu)
                            .then(separable(parameters, "lateral" + level, "expand")));
            Layer narrow = separable(parameters, "up" + level + ".x", "pointwise");
            Layer wide = separable(parameters, "up" + level + ".y", "pointwise");
            ups.add(x -> doubled(narrow.forward(x).addi(wide.forward(x))));
        }
        this.gate = InvertedResidual.weighed(parameters, "gate", Activation::sigmoid);
        this.heat = separable(parameters, "heat", "pointwise").then(Activation::sigmoid);
        this.box = separable(parameters, "box", "pointwise");
    }

    private static Layer separable(Parameters parameters, String name, String second) {
        return new ReadConvolution(parameters, name + ".depthwise", 1)
                .then(new ReadConvolution(parameters, name + "." + second, 1));
    }

    /**
     * @param pictures {@code float[N, 3, H, W]}, red, green and blue from 0 to 255; sides are
     *     multiples of {@link #MULTIPLE}
     */
    Grid forward(NDArray pictures) {
        NDArray features = stem.forward(pictures);
        NDArray[] copies = new NDArray[3];
        for (int b = 0; b < BLOCKS; b++) {
            NDArray expanded = blocks.get(b).expanded(features);
            copies[2] = b == QUARTER ? expanded : copies[2];
            copies[1] = b == EIGHTH ? expanded : copies[1];
            features = blocks.get(b).rest(features, expanded);
            copies[0] = b == SIXTEENTH ? features : copies[0];
        }
        features = last.forward(features);
        for (int l = 0; l < copies.length; l++) {
            NDArray lateral = laterals.get(l).forward(copies[l]);
            features = Activation.relu(lateral.concat(ups.get(l).forward(features), 1));
        }
        features = gate.forward(features);
        return new Grid(heat.forward(features), box.forward(features));
    }

    /**
     * Twice the size; the first pixels of both grids coincide, as the network has learned it, and
     * the pixel between two is their mean.
     */
    private static NDArray doubled(NDArray planes) {
        return doubled(doubled(planes, 3), 2);
    }

    private static NDArray doubled(NDArray planes, int axis) {
        Shape shape = planes.getShape();
        long size = shape.get(axis);
        String before = axis == 3 ? ":, :, :, " : ":, :, ";
        NDArray next =
                planes.get(new NDIndex(before + "1:"))
                        .concat(planes.get(new NDIndex(before + "{}:", size - 1)), axis);
        NDArray between = next.addi(planes).muli(0.5f);
        long[] doubled = shape.getShape().clone();
        doubled[axis] = 2 * size;
        return planes.expandDims(axis + 1)
                .concat(between.expandDims(axis + 1), axis + 1)
                .reshape(doubled);
    }
}
