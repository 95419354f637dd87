/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.network.Parameters;
import org.inverso.segmenter.net.SegmentationNetwork;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Trains {@link SegmentationNetwork} on cutouts in photos, with exact masks, and at the same time
 * on small labelled photos (CIFAR-10) of which only the label is known: the middle of a picture of
 * a car is mostly car, and nothing of a picture of a ship is. The former teach outlines, the latter
 * what real ones look like.
 */
public final class SegmenterTrainer {

    private static final int SIZE = SegmentationNetwork.SIZE;
    private static final int HALF = SIZE / 2;
    private static final int COMPOSED = 24;
    private static final int LABELLED = 16;
    private static final int BATCH = COMPOSED + LABELLED;

    private final Compositor compositor;
    private final List<List<Picture>> positive = new ArrayList<>();
    private final List<List<Picture>> negative = new ArrayList<>();
    private final long seed;

    /**
     * @param cifar folder with one folder a CIFAR-10 class
     * @param positive its folders that show the objects
     * @param negative its folders that do not
     */
    public SegmenterTrainer(
            CutoutStore store,
            List<Picture> backgrounds,
            Path cifar,
            List<String> positive,
            List<String> negative,
            long seed) {
        this.compositor = new Compositor(store, backgrounds);
        this.seed = seed;
        positive.forEach(name -> this.positive.add(PictureFolder.read(cifar.resolve(name), 32)));
        negative.forEach(name -> this.negative.add(PictureFolder.read(cifar.resolve(name), 32)));
    }

    private record Batch(float[] rgb, float[] masks, float[] labels) {}

    /** Trains and writes {@code segmenter.safetensors}. */
    public void train(NDManager manager, Path folder, Duration time, Progress progress) {
        Parameters parameters =
                TrainingRun.checkpoint(folder, "segmenter")
                        .map(bytes -> Parameters.read(manager, bytes))
                        .orElseGet(() -> Parameters.random(manager, seed));
        SegmentationNetwork network = new SegmentationNetwork(parameters);
        try (Prefetch<Batch> batches = new Prefetch<>(this::batch)) {
            new TrainingRun("segmenter", folder, time, 1.5e-3)
                    .train(
                            manager,
                            parameters,
                            (scratch, done, metrics) ->
                                    loss(network, batches.next(), scratch, metrics),
                            progress);
        }
    }

    private Batch batch(long number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        float[] rgb = new float[BATCH * 3 * SIZE * SIZE];
        float[] masks = new float[COMPOSED * HALF * HALF];
        float[] labels = new float[LABELLED];
        for (int i = 0; i < COMPOSED; i++) {
            Compositor.Scene scene = compositor.sample(random);
            copy(scene.rgb(), rgb, i);
            for (int y = 0; y < HALF; y++) {
                for (int x = 0; x < HALF; x++) {
                    int at = 2 * y * SIZE + 2 * x;
                    masks[(i * HALF + y) * HALF + x] =
                            (scene.mask()[at]
                                            + scene.mask()[at + 1]
                                            + scene.mask()[at + SIZE]
                                            + scene.mask()[at + SIZE + 1])
                                    / 4;
                }
            }
        }
        for (int i = 0; i < LABELLED; i++) {
            labels[i] = random.nextInt(2);
            List<List<Picture>> folders = labels[i] > 0 ? positive : negative;
            List<Picture> pictures = folders.get(random.nextInt(folders.size()));
            float[] enlarged = enlarged(pictures.get(random.nextInt(pictures.size())), random);
            compositor.camera(enlarged, random);
            copy(enlarged, rgb, COMPOSED + i);
        }
        return new Batch(rgb, masks, labels);
    }

    private static void copy(float[] unit, float[] dest, int index) {
        int offset = index * unit.length;
        for (int i = 0; i < unit.length; i++) {
            dest[offset + i] = 2 * unit[i] - 1;
        }
    }

    private static float[] enlarged(Picture picture, SplittableRandom random) {
        float[] rgb = new float[3 * SIZE * SIZE];
        boolean flip = random.nextBoolean();
        double side = picture.width() * random.nextDouble(0.85, 1);
        double left = random.nextDouble() * (picture.width() - side);
        double top = random.nextDouble() * (picture.height() - side);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double u = left + (flip ? SIZE - 0.5 - x : x + 0.5) / SIZE * side - 0.5;
                double v = top + (y + 0.5) / SIZE * side - 0.5;
                u = Math.max(0, Math.min(picture.width() - 1.001, u));
                v = Math.max(0, Math.min(picture.height() - 1.001, v));
                int iu = (int) u;
                int iv = (int) v;
                float fu = (float) (u - iu);
                float fv = (float) (v - iv);
                int at = iv * picture.width() + iu;
                for (int c = 0; c < 3; c++) {
                    int shift = 16 - 8 * c;
                    float upper =
                            (1 - fu) * (picture.rgb()[at] >> shift & 255)
                                    + fu * (picture.rgb()[at + 1] >> shift & 255);
                    int below = at + picture.width();
                    float lower =
                            (1 - fu) * (picture.rgb()[below] >> shift & 255)
                                    + fu * (picture.rgb()[below + 1] >> shift & 255);
                    rgb[(c * SIZE + y) * SIZE + x] = ((1 - fv) * upper + fv * lower) / 255;
                }
            }
        }
        return rgb;
    }

    private static NDArray loss(
            SegmentationNetwork network,
            Batch batch,
            NDManager scratch,
            Map<String, Double> metrics) {
        NDArray logits =
                network.forward(scratch.create(batch.rgb, new Shape(BATCH, 3, SIZE, SIZE)));
        NDArray composed = logits.get(new NDIndex("0:{}, 0", COMPOSED));
        NDArray masks = scratch.create(batch.masks, new Shape(COMPOSED, HALF, HALF));
        NDArray probability = Activation.sigmoid(composed);
        // Binary cross-entropy, written so that large logits stay finite.
        NDArray entropy =
                composed.maximum(0)
                        .sub(composed.mul(masks))
                        .add(composed.abs().neg().exp().add(1).log())
                        .mean();
        NDArray common = probability.mul(masks).sum(new int[] {1, 2});
        NDArray either =
                probability.sum(new int[] {1, 2}).add(masks.sum(new int[] {1, 2})).sub(common);
        NDArray iou = common.add(20).div(either.add(20)).mean();
        NDArray pictures = Activation.sigmoid(logits.get(new NDIndex("{}:, 0", COMPOSED)));
        NDArray labels = scratch.create(batch.labels, new Shape(LABELLED));
        NDArray middle =
                pictures.get(
                                new NDIndex(
                                        ":, {}:{}, {}:{}",
                                        HALF / 4,
                                        3 * HALF / 4,
                                        HALF / 4,
                                        3 * HALF / 4))
                        .mean(new int[] {2})
                        .mean(new int[] {1});
        NDArray everywhere = pictures.mean(new int[] {2}).mean(new int[] {1});
        NDArray wanted = middle.div(0.75).clip(1e-3, 1).log().mul(labels);
        NDArray unwanted = everywhere.neg().add(1).clip(1e-3, 1).log().mul(labels.neg().add(1));
        NDArray weak = wanted.add(unwanted).mean().neg();
        metrics.put("iou", (double) iou.getFloat());
        metrics.put("entropy", (double) entropy.getFloat());
        metrics.put("labelled", (double) weak.getFloat());
        return entropy.add(iou.neg().add(1)).add(weak.mul(0.8f));
    }
}
