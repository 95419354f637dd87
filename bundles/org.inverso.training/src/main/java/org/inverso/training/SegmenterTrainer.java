/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;
import org.inverso.segmenter.net.NetSegmenter;
import org.inverso.segmenter.net.SegmentationNetwork;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Trains {@link SegmentationNetwork} further, which was taught by others what stands out in photos:
 * on objects put into photos, with exact masks, for the outlines of the categories, and on photos
 * with the masks of a teacher ({@link PhotoLabeller}), so that it does not forget what photos look
 * like.
 */
public final class SegmenterTrainer {

    private static final int SIZE = SegmentationNetwork.SIZE;
    private static final int COMPOSED = 2;
    private static final int PHOTOS = 2;
    private static final int BATCH = COMPOSED + PHOTOS;

    /** So little that what the photos of others taught is kept. */
    private static final double LEARNING_RATE = 3e-5;

    /** What the levels' own outputs weigh beside the one that counts (section 3.3 of the paper). */
    private static final double SIDES = 0.3;

    private final Compositor compositor;
    private final Optional<byte[]> initial;
    private final long seed;

    /**
     * @param stores of renderings, one a category
     * @param labelled photos with the object's mask as alpha
     * @param initial weights to begin with, safetensors or the published ONNX file; the built-in
     *     segmenter's if there are none
     */
    public SegmenterTrainer(
            List<CutoutStore> stores,
            List<Picture> backgrounds,
            List<Picture> labelled,
            Optional<byte[]> initial,
            long seed) {
        this.compositor = new Compositor(SIZE, stores, backgrounds, labelled);
        this.initial = initial;
        this.seed = seed;
    }

    private record Batch(float[] rgb, float[] masks) {}

    /** Trains and writes {@code segmenter.safetensors}. */
    public void train(NDManager manager, Path folder, Duration time, Progress progress) {
        Parameters parameters =
                TrainingRun.checkpoint(folder, "segmenter")
                        .map(bytes -> Parameters.read(manager, bytes))
                        .orElseGet(() -> start(manager));
        SegmentationNetwork network = new SegmentationNetwork(parameters);
        byte[] learned;
        try (Prefetch<Batch> batches = new Prefetch<>(this::batch)) {
            learned =
                    new TrainingRun("segmenter", folder, time, LEARNING_RATE)
                            .train(
                                    manager,
                                    parameters,
                                    (scratch, done, metrics) ->
                                            loss(network, batches.next(), scratch, metrics),
                                    progress);
        }
        try (NDManager scratch = manager.newSubManager()) {
            Parameters mean = halfway(start(scratch), Parameters.read(scratch, learned));
            Files.write(folder.resolve("segmenter.safetensors"), mean.write(true));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write into " + folder, e);
        }
    }

    private Parameters start(NDManager manager) {
        return initial.map(bytes -> initial(manager, bytes))
                .orElseGet(() -> Parameters.read(manager, NetSegmenter.weights()));
    }

    /**
     * The mean of what it began with and of what it learned. It does better on photos than either:
     * the one knows little of branches and thin legs, the other has forgotten some of what photos
     * look like (Wortsman et al. 2022, arXiv 2109.01903, section 3).
     */
    static Parameters halfway(Parameters start, Parameters learned) {
        learned.arrays().forEach((name, array) -> array.addi(start.arrays().get(name)).divi(2));
        return learned;
    }

    /**
     * Weights to begin with.
     *
     * @param bytes a safetensors file, or the ONNX file of U2-Net-p as its authors published it
     * @throws InversoException when they are neither, or of another network
     */
    static Parameters initial(NDManager manager, byte[] bytes) {
        // Safetensors: eight bytes of length, then JSON.
        if (bytes.length > 8 && bytes[8] == '{') {
            return Parameters.read(manager, bytes);
        }
        return PublishedSegmenter.read(manager, OnnxWeights.convolutions(bytes));
    }

    private Batch batch(long number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        int plane = SIZE * SIZE;
        float[] rgb = new float[BATCH * 3 * plane];
        float[] masks = new float[BATCH * plane];
        for (int i = 0; i < BATCH; i++) {
            Compositor.Scene scene =
                    i < COMPOSED ? compositor.sample(random) : compositor.photo(random);
            for (int p = 0; p < 3 * plane; p++) {
                rgb[i * 3 * plane + p] = 2 * scene.rgb()[p] - 1;
            }
            System.arraycopy(scene.mask(), 0, masks, i * plane, plane);
        }
        return new Batch(rgb, masks);
    }

    private static NDArray loss(
            SegmentationNetwork network,
            Batch batch,
            NDManager scratch,
            Map<String, Double> metrics) {
        NDList outputs =
                network.outputs(scratch.create(batch.rgb, new Shape(BATCH, 3, SIZE, SIZE)));
        NDArray masks = scratch.create(batch.masks, new Shape(BATCH, 1, SIZE, SIZE));
        NDArray logits = outputs.get(0);
        NDArray probability = Activation.sigmoid(logits);
        int[] pixels = {1, 2, 3};
        NDArray common = probability.mul(masks).sum(pixels);
        NDArray either = probability.sum(pixels).add(masks.sum(pixels)).sub(common);
        NDArray each = common.add(20).div(either.add(20));
        NDArray entropy = entropy(logits, masks);
        NDArray loss = entropy.add(each.mean().neg().add(1));
        for (int i = 1; i < outputs.size(); i++) {
            loss =
                    loss.add(
                            Scaled.by(
                                    entropy(outputs.get(i), masks), SIDES / (outputs.size() - 1)));
        }
        metrics.put("iou", (double) each.get(new NDIndex("0:{}", COMPOSED)).mean().getFloat());
        metrics.put("photoIou", (double) each.get(new NDIndex("{}:", COMPOSED)).mean().getFloat());
        metrics.put("entropy", (double) entropy.getFloat());
        return loss;
    }

    /** Binary cross-entropy, written so that large logits stay finite. */
    private static NDArray entropy(NDArray logits, NDArray masks) {
        return logits.maximum(logits.getManager().create(0f))
                .sub(logits.mul(masks))
                .add(logits.abs().neg().exp().add(1).log())
                .mean();
    }
}
