/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.generator.stylegan.ViewCodes;
import org.inverso.network.Parameters;

/** The examples of a category's generator, in a file that several stages of training share. */
final class ExampleSource {

    private static final String FOLDER = "renderer";

    private final CategoryModel category;
    private final byte[] generatorWeights;
    private final int count;
    private final long seed;

    /**
     * @param category with the supervised networks
     * @param generatorWeights with view codes, since these tell which layers carry the camera
     * @param count of examples
     */
    ExampleSource(CategoryModel category, byte[] generatorWeights, int count, long seed) {
        this.category = category;
        this.generatorWeights = generatorWeights;
        this.count = count;
        this.seed = seed;
    }

    /**
     * How many layers, the first ones, carry the camera.
     *
     * @param weights of a generator
     */
    static int cameraLayers(Parameters weights) {
        if (!weights.arrays().containsKey(ViewCodes.STYLES)) {
            throw new InversoException(
                    "the generator has no view codes, which tell the layers that carry the camera;"
                            + " find them first: --stage views");
        }
        return (int) weights.dimension(ViewCodes.STYLES, 1);
    }

    /** Those in which an object was found. */
    static List<RendererExample> found(RendererExamples examples, int from, int to) {
        List<RendererExample> found = new ArrayList<>();
        for (int i = from; i < to; i++) {
            RendererExample example = examples.get(i);
            if (example.found()) {
                found.add(example);
            }
        }
        if (found.isEmpty()) {
            throw new InversoException("no object was found in any of the generator's pictures");
        }
        return found;
    }

    /**
     * Those that are there already, and new ones.
     *
     * @param layers first ones, which carry the camera
     */
    RendererExamples examples(
            NDManager own, StyleGenerator generator, int layers, Path data, Progress progress) {
        RendererExamples examples =
                new RendererExamples(
                        data.resolve(FOLDER).resolve(store()),
                        new RendererExample.Sizes(
                                generator.shape().wSize(),
                                generator.shape().resolution(),
                                category.template().shapeCount(),
                                category.poseParameters().size()));
        try (SupervisedProbe probe = new SupervisedProbe(own, category)) {
            new ExampleFactory(new GeneratorStudio(own, generator, seed), probe, layers, seed)
                    .fill(examples, count, progress);
        }
        return examples;
    }

    /** Examples are only good for the networks that made them. */
    private String store() {
        CRC32 crc = new CRC32();
        crc.update(generatorWeights);
        crc.update(category.weights("encoder"));
        crc.update(category.weights("disentangler"));
        return "%s-%08x.examples".formatted(category.id(), crc.getValue());
    }
}
