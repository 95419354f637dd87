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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;
import org.inverso.segmenter.net.SegmentationNetwork;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Trains {@link SegmentationNetwork} on three kinds of pictures: objects put into photos, with
 * exact masks; photos with the masks of a teacher ({@link PhotoLabeller}); and small photos
 * (CIFAR-10) of which only their kind is known: the middle of a picture of a car is mostly car, its
 * upper edge is not. The first teach the outlines of the categories, the second what photos look
 * like, the third what real cars look like.
 */
public final class SegmenterTrainer {

    private static final int SIZE = SegmentationNetwork.SIZE;
    private static final int HALF = SIZE / 2;
    private static final int COMPOSED = 16;
    private static final int PHOTOS = 8;
    private static final int MASKED = COMPOSED + PHOTOS;
    private static final int SMALL = 4;
    private static final int BATCH = MASKED + SMALL;

    /** Rows at the upper edge of a small photo that rarely show its object, in network output. */
    private static final int UPPER = HALF / 16;

    private final Compositor compositor;
    private final List<List<Picture>> small;
    private final long seed;

    /**
     * @param stores of renderings, one a category
     * @param labelled photos with the object's mask as alpha
     * @param cutOut photographed objects without background; may be empty
     * @param cifar folder with one folder a CIFAR-10 class
     * @param classes those of its folders that show the objects
     */
    public SegmenterTrainer(
            List<CutoutStore> stores,
            List<Picture> backgrounds,
            List<Picture> labelled,
            List<Picture> cutOut,
            Path cifar,
            List<String> classes,
            long seed) {
        this.compositor = new Compositor(stores, backgrounds, labelled, cutOut);
        this.seed = seed;
        this.small =
                classes.stream().map(name -> PictureFolder.read(cifar.resolve(name), 32)).toList();
    }

    private record Batch(float[] rgb, float[] masks) {}

    /** Trains and writes {@code segmenter.safetensors}. */
    public void train(NDManager manager, Path folder, Duration time, Progress progress) {
        Parameters parameters =
                TrainingRun.checkpoint(folder, "segmenter")
                        .map(bytes -> Parameters.read(manager, bytes))
                        .orElseGet(() -> Parameters.random(manager, seed));
        SegmentationNetwork network = new SegmentationNetwork(parameters);
        try (Prefetch<Batch> batches = new Prefetch<>(this::batch)) {
            new TrainingRun("segmenter", folder, time, 1e-3)
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
        float[] masks = new float[MASKED * HALF * HALF];
        for (int i = 0; i < MASKED; i++) {
            Compositor.Scene scene =
                    i < COMPOSED ? compositor.sample(random) : compositor.photo(random);
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
        for (int i = 0; i < SMALL; i++) {
            List<Picture> pictures = small.get(random.nextInt(small.size()));
            float[] enlarged = enlarged(pictures.get(random.nextInt(pictures.size())), random);
            compositor.camera(enlarged, random);
            copy(enlarged, rgb, MASKED + i);
        }
        return new Batch(rgb, masks);
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
        NDArray masked = logits.get(new NDIndex("0:{}, 0", MASKED));
        NDArray masks = scratch.create(batch.masks, new Shape(MASKED, HALF, HALF));
        NDArray probability = Activation.sigmoid(masked);
        // Binary cross-entropy, written so that large logits stay finite.
        NDArray entropy =
                masked.maximum(scratch.create(0f))
                        .sub(masked.mul(masks))
                        .add(masked.abs().neg().exp().add(1).log())
                        .mean();
        NDArray common = probability.mul(masks).sum(new int[] {1, 2});
        NDArray either =
                probability.sum(new int[] {1, 2}).add(masks.sum(new int[] {1, 2})).sub(common);
        NDArray each = common.add(20).div(either.add(20));
        NDArray iou = each.mean();
        NDArray small = Activation.sigmoid(logits.get(new NDIndex("{}:, 0", MASKED)));
        NDArray middle =
                mean(
                        small.get(
                                new NDIndex(
                                        ":, {}:{}, {}:{}",
                                        HALF / 4,
                                        3 * HALF / 4,
                                        HALF / 4,
                                        3 * HALF / 4)));
        NDArray upper = mean(small.get(new NDIndex(":, 0:{}", UPPER)));
        NDArray weak =
                Scaled.by(middle, 1 / 0.75)
                        .clip(1e-3, 1)
                        .log()
                        .add(Scaled.by(upper.neg().add(1).clip(1e-3, 1).log(), 0.3))
                        .mean()
                        .neg();
        metrics.put("iou", (double) each.get(new NDIndex("0:{}", COMPOSED)).mean().getFloat());
        metrics.put("photoIou", (double) each.get(new NDIndex("{}:", COMPOSED)).mean().getFloat());
        metrics.put("entropy", (double) entropy.getFloat());
        metrics.put("small", (double) weak.getFloat());
        return entropy.add(iou.neg().add(1)).add(Scaled.by(weak, 0.3));
    }

    private static NDArray mean(NDArray pictures) {
        return pictures.mean(new int[] {2}).mean(new int[] {1});
    }
}
