/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import java.util.ArrayList;
import java.util.List;
import org.inverso.network.Parameters;

/**
 * Sizes of a generator; they can be read from its weights.
 *
 * @param zSize length of z
 * @param wSize length of w
 * @param mappingLayers of the mapping network
 * @param channels of the blocks at 4x4, 8x8 and so on; their number gives the resolution
 */
public record GeneratorShape(int zSize, int wSize, int mappingLayers, List<Integer> channels) {

    static final int FIRST_RESOLUTION = 4;

    /** 64x64, a quarter of a GFLOP a picture: what one core can train. */
    public static final GeneratorShape DEFAULT =
            new GeneratorShape(256, 256, 4, List.of(128, 128, 64, 48, 16));

    /**
     * @throws IllegalArgumentException when one of the sizes is below 1
     */
    public GeneratorShape {
        channels = List.copyOf(channels);
        if (zSize < 1
                || wSize < 1
                || mappingLayers < 1
                || channels.isEmpty()
                || channels.stream().anyMatch(c -> c < 1)) {
            throw new IllegalArgumentException("a generator cannot be made of nothing");
        }
    }

    /**
     * The default sizes at another resolution: fewer blocks, or more with half the channels each
     * time.
     *
     * @param resolution a power of two from 8 on
     */
    public static GeneratorShape at(int resolution) {
        if (resolution < 2 * FIRST_RESOLUTION || Integer.bitCount(resolution) != 1) {
            throw new IllegalArgumentException(
                    "resolution " + resolution + " is no power of two from 8 on");
        }
        List<Integer> channels = new ArrayList<>();
        for (int side = FIRST_RESOLUTION; side <= resolution; side *= 2) {
            int block = channels.size();
            channels.add(
                    block < DEFAULT.channels.size()
                            ? DEFAULT.channels.get(block)
                            : Math.max(8, channels.get(block - 1) / 2));
        }
        return new GeneratorShape(DEFAULT.zSize, DEFAULT.wSize, DEFAULT.mappingLayers, channels);
    }

    /**
     * Of weights that were read.
     *
     * @throws IllegalArgumentException when they are not those of a generator
     */
    public static GeneratorShape of(Parameters parameters) {
        int layers = 0;
        while (parameters.arrays().containsKey(MappingNetwork.name(layers) + ".weight")) {
            layers++;
        }
        List<Integer> channels = new ArrayList<>();
        int side = FIRST_RESOLUTION;
        do {
            channels.add(
                    (int) parameters.dimension(SynthesisNetwork.name(side) + ".conv1.weight", 0));
            side *= 2;
        } while (parameters.arrays().containsKey(SynthesisNetwork.name(side) + ".conv1.weight"));
        String first = MappingNetwork.name(0) + ".weight";
        return new GeneratorShape(
                (int) parameters.dimension(first, 1),
                (int) parameters.dimension(first, 0),
                layers,
                channels);
    }

    /**
     * The same without the blocks of larger pictures.
     *
     * @throws IllegalArgumentException when it makes no pictures of this resolution
     */
    public GeneratorShape upTo(int resolution) {
        for (int blocks = 1; blocks <= channels.size(); blocks++) {
            if (FIRST_RESOLUTION << (blocks - 1) == resolution) {
                return new GeneratorShape(zSize, wSize, mappingLayers, channels.subList(0, blocks));
            }
        }
        throw new IllegalArgumentException(
                "a generator of pictures of "
                        + resolution()
                        + " pixels makes none of "
                        + resolution);
    }

    /** Side of the pictures, pixels. */
    public int resolution() {
        return FIRST_RESOLUTION << (channels.size() - 1);
    }

    /** How many styles a picture has, L of wPlus: two a block. */
    public int styles() {
        return 2 * channels.size();
    }
}
