/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.encoder.cnn.WPlusEncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.training.GeneratedCrops.Crops;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Makes examples for the way over w+: crops of generated pictures, labelled by what the category's
 * supervised networks see in them, and cutouts with their own labels.
 */
final class LatentExampleFactory {

    private final NDManager manager;
    private final CategoryModel category;
    private final WPlusEncoderNetwork learner;
    private final EncoderNetwork supervisedEncoder;
    private final SceneNetwork supervisedScene;
    private final CropDegrader degrader;
    private final CropFaults faults = new CropFaults();

    /**
     * @param category with the supervised networks
     * @param learner whose convolutions stay as they are
     * @param degrader of cutouts
     */
    LatentExampleFactory(
            NDManager manager,
            CategoryModel category,
            WPlusEncoderNetwork learner,
            CropDegrader degrader) {
        this.manager = manager;
        this.category = category;
        this.learner = learner;
        this.degrader = degrader;
        this.supervisedEncoder =
                new EncoderNetwork(Parameters.read(manager, category.weights("encoder")));
        this.supervisedScene =
                SceneNetwork.read(Parameters.read(manager, category.weights("disentangler")));
    }

    /**
     * @param count at most {@link SceneBatch#TEXTURED}
     */
    List<LatentExample> generated(GeneratedCrops source, int count, SplittableRandom random) {
        try (NDManager scratch = manager.newSubManager()) {
            Crops crops = source.draw(scratch, count, random);
            SceneNetwork.Heads heads =
                    supervisedScene.forward(supervisedEncoder.forward(crops.forEncoder()));
            float[] faulty =
                    faults.apply(
                            crops.colors().toFloatArray(), crops.alpha().toFloatArray(), random);
            SceneBatch seen = SceneBatch.seen(heads, faulty);
            return examples(scratch, seen, crops.wPlus().toFloatArray());
        }
    }

    /**
     * @param count at most {@link SceneBatch#TEXTURED}
     */
    List<LatentExample> rendered(CutoutStore store, int count, SplittableRandom random) {
        List<Cutout> cutouts = new ArrayList<>();
        List<CropDegrader.Degraded> degraded = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Cutout cutout = store.get(random.nextInt(store.size()));
            cutouts.add(cutout);
            degraded.add(degrader.degrade(cutout, random));
        }
        try (NDManager scratch = manager.newSubManager()) {
            return examples(scratch, SceneBatch.of(cutouts, degraded, category), new float[0]);
        }
    }

    private List<LatentExample> examples(NDManager scratch, SceneBatch batch, float[] wPlus) {
        NDArray crops =
                scratch.create(
                        batch.crops,
                        new Shape(batch.size, 4, EncoderNetwork.SIZE, EncoderNetwork.SIZE));
        float[] features = learner.features(crops).toFloatArray();
        List<LatentExample> examples = new ArrayList<>();
        for (int n = 0; n < batch.size; n++) {
            examples.add(
                    new LatentExample(
                            part(features, n, batch.size),
                            part(wPlus, n, batch.size),
                            batch.labels(n)));
        }
        return examples;
    }

    /** The n-th of equally long parts. */
    private static float[] part(float[] all, int n, int parts) {
        int size = all.length / parts;
        return Arrays.copyOfRange(all, n * size, (n + 1) * size);
    }
}
