/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.api.authoring.Training;
import org.inverso.api.category.CategoryModel;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.geometry.paint.TexelMap;
import org.inverso.network.Parameters;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.inverse.JointCameras;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutStore;

/** Trains the encoder and the disentangler of a category together, on cutouts. */
public final class SceneTrainer {

    private static final int BATCH = 32;
    private static final int SEGMENTED = BATCH / 4;

    private final CategoryModel category;
    private final CutoutStore store;
    private final List<Picture> backgrounds;
    private final CropDegrader degrader;
    private final Optional<byte[]> initial;
    private final long seed;
    private final Set<Training.Ingredient> without;
    private final Optional<Reflection> reflection;

    /**
     * @param initial weights of another category's encoder, to begin with what it sees in pictures
     * @param without what the training does without
     */
    public SceneTrainer(
            CategoryModel category,
            CutoutStore store,
            List<Picture> backgrounds,
            Optional<byte[]> initial,
            long seed,
            Set<Training.Ingredient> without) {
        this.category = category;
        this.store = store;
        this.backgrounds = backgrounds;
        this.degrader = new CropDegrader(backgrounds);
        this.initial = initial;
        this.seed = seed;
        this.without = Set.copyOf(without);
        this.reflection = Reflection.of(category);
    }

    /** Trains and writes {@code encoder.safetensors} and {@code disentangler.safetensors}. */
    public void train(NDManager manager, Path folder, Duration time, Progress progress) {
        Parameters parameters =
                TrainingRun.checkpoint(folder, "scene")
                        .map(bytes -> Parameters.read(manager, bytes))
                        .orElseGet(
                                () ->
                                        initial.map(b -> Parameters.startingFrom(manager, b, seed))
                                                .orElseGet(() -> Parameters.random(manager, seed)));
        EncoderNetwork encoder = new EncoderNetwork(parameters);
        SceneNetwork scene =
                new SceneNetwork(
                        parameters,
                        EncoderNetwork.LATENT,
                        category.template().shapeCount(),
                        category.poseParameters().size());
        SceneLoss loss =
                new SceneLoss(
                        manager,
                        category,
                        coverage(category),
                        !without.contains(Training.Ingredient.RENDER_LOSS));
        try (SegmentedCrops segmented = new SegmentedCrops(manager, store, backgrounds);
                Prefetch<SceneBatch> batches = prefetch(new SegmentedPool(segmented))) {
            byte[] weights =
                    new TrainingRun("scene", folder, time, 1e-3)
                            .train(
                                    manager,
                                    parameters,
                                    (scratch, done, metrics) -> {
                                        SceneBatch batch = batches.next();
                                        NDArray crops =
                                                scratch.create(
                                                        batch.crops,
                                                        new Shape(
                                                                batch.size,
                                                                4,
                                                                EncoderNetwork.SIZE,
                                                                EncoderNetwork.SIZE));
                                        return loss.of(
                                                scene.forward(
                                                        encoder.forward(crops),
                                                        SceneBatch.TEXTURED),
                                                batch,
                                                scratch,
                                                metrics);
                                    },
                                    progress);
            split(manager, folder, weights);
        }
    }

    /** Writes each network's own parameters into a file of its own. */
    public static void split(NDManager manager, Path folder, byte[] weights) {
        split(manager, folder, "", weights);
    }

    /**
     * The same with longer names.
     *
     * @param prefix of the files' names
     */
    static void split(NDManager manager, Path folder, String prefix, byte[] weights) {
        try (NDManager scratch = manager.newSubManager();
                Parameters fresh = Parameters.random(scratch, 0)) {
            new EncoderNetwork(fresh);
            NDList encoder = new NDList();
            NDList disentangler = new NDList();
            for (NDArray array : NDList.decode(scratch, weights)) {
                if (array.getName().equals(JointCameras.NAME)) {
                    // Only the training needs them.
                    continue;
                }
                boolean own = fresh.arrays().containsKey(array.getName());
                (own ? encoder : disentangler).add(array);
            }
            Files.write(
                    folder.resolve(prefix + "encoder.safetensors"),
                    encoder.encode(NDList.Encoding.SAFETENSORS));
            Files.write(
                    folder.resolve(prefix + "disentangler.safetensors"),
                    disentangler.encode(NDList.Encoding.SAFETENSORS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Prefetch<SceneBatch> prefetch(SegmentedPool pool) {
        return new Prefetch<>(n -> batch(n, pool));
    }

    private SceneBatch batch(long number, SegmentedPool pool) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        List<Cutout> cutouts = new ArrayList<>();
        List<CropDegrader.Degraded> crops = new ArrayList<>();
        if (without.contains(Training.Ingredient.VARIETY)) {
            while (crops.size() < BATCH) {
                Cutout cutout = any(random);
                cutouts.add(cutout);
                crops.add(degrader.faultless(cutout));
            }
        } else {
            addVaried(cutouts, crops, pool, random);
        }
        return SceneBatch.of(cutouts, crops, category);
    }

    /**
     * A quarter of the crops are the segmenter's, the others have made-up faults. Those whose
     * texture does not matter are as often reflected as not.
     */
    private void addVaried(
            List<Cutout> cutouts,
            List<CropDegrader.Degraded> crops,
            SegmentedPool pool,
            SplittableRandom random) {
        for (SegmentedPool.Seen seen : pool.draw(SEGMENTED, () -> any(random), random)) {
            cutouts.add(seen.cutout());
            crops.add(seen.crop());
        }
        while (crops.size() < BATCH) {
            Cutout cutout = any(random);
            cutouts.add(cutout);
            crops.add(degrader.degrade(cutout, random));
        }
        // The segmenter's are shown several times, and half of them have a texture to learn.
        Collections.rotate(cutouts, -SEGMENTED / 2);
        Collections.rotate(crops, -SEGMENTED / 2);
        for (int i = SceneBatch.TEXTURED; i < BATCH; i++) {
            if (reflection.isPresent() && random.nextBoolean()) {
                cutouts.set(i, reflection.get().labels(cutouts.get(i)));
                crops.set(i, reflection.get().crop(crops.get(i)));
            }
        }
    }

    private Cutout any(SplittableRandom random) {
        return store.get(random.nextInt(store.size()));
    }

    /** Which texels of a category's atlas belong to the surface, 0 or 1. */
    static float[] coverage(CategoryModel category) {
        TexelMap atlas = new TexelMap(category.template(), Cutout.TEXTURE);
        float[] covered = new float[Cutout.TEXTURE * Cutout.TEXTURE];
        for (int t = 0; t < covered.length; t++) {
            covered[t] = atlas.covered(t) ? 1 : 0;
        }
        return covered;
    }
}
