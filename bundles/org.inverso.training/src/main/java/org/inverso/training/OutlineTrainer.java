/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.inverso.api.Progress;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;
import org.inverso.recognizer.net.OutlineNetwork;
import org.inverso.recognizer.net.RecognitionNetwork;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Trains {@link OutlineNetwork}: outlines of renderings with a segmenter's mistakes, and outlines
 * of what stands out in photos of other things.
 */
final class OutlineTrainer {

    private static final int SIDE = OutlineNetwork.SIZE;
    private static final int BATCH = 64;
    private static final int CLASSES = RecognitionNetwork.CLASSES.size();
    private static final int NONE = RecognitionNetwork.CLASSES.indexOf("none");
    private static final double LEARNING_RATE = 1e-3;

    /** What a label says of its own class; mistakes of labels and of mattes cap the confidence. */
    private static final float SURE = 0.94f;

    /** One picture in so many is held out, of photos. */
    private static final int HELD_OUT = 10;

    private final Map<Integer, CutoutStore> stores = new TreeMap<>();
    private final List<Plane> others;
    private final CropDegrader degrader;
    private final long seed;

    /**
     * @param cutouts by category its renderings
     * @param labelled photos of other things, with the masks of what stands out in them as alpha
     */
    OutlineTrainer(
            Map<String, CutoutStore> cutouts,
            List<Picture> labelled,
            List<Picture> backgrounds,
            long seed) {
        cutouts.forEach((id, store) -> stores.put(RecognitionNetwork.CLASSES.indexOf(id), store));
        this.others = labelled.stream().map(OutlineTrainer::alpha).toList();
        this.degrader = new CropDegrader(backgrounds);
        this.seed = seed;
    }

    private static Plane alpha(Picture photo) {
        float[] alpha = new float[photo.rgb().length];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (photo.rgb()[i] >>> 24) / 255f;
        }
        return new Plane(photo.width(), photo.height(), alpha);
    }

    private record Batch(float[] alpha, int[] labels) {}

    /** Trains and writes {@code outline.safetensors}. */
    void train(NDManager manager, Path folder, Duration time, Progress progress) {
        Parameters parameters =
                TrainingRun.checkpoint(folder, "outline")
                        .map(bytes -> Parameters.read(manager, bytes))
                        .orElseGet(() -> Parameters.random(manager, seed));
        OutlineNetwork network = new OutlineNetwork(parameters);
        try (Prefetch<Batch> batches = new Prefetch<>(this::batch)) {
            new TrainingRun("outline", folder, time, LEARNING_RATE)
                    .train(
                            manager,
                            parameters,
                            (scratch, done, metrics) ->
                                    loss(network, batches.next(), scratch, metrics),
                            progress);
        }
    }

    /** The first quarter is held out: what of it is recognised is a metric and no loss. */
    private Batch batch(long number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        float[] alpha = new float[BATCH * SIDE * SIDE];
        int[] labels = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            // Half of what is met is none of the categories.
            boolean known = random.nextBoolean();
            List<Integer> categories = List.copyOf(stores.keySet());
            labels[i] = known ? categories.get(random.nextInt(categories.size())) : NONE;
            Plane plane = known ? rendered(stores.get(labels[i]), random) : other(i, random);
            sample(plane, random, alpha, i * SIDE * SIDE);
        }
        return new Batch(alpha, labels);
    }

    private Plane other(int index, SplittableRandom random) {
        boolean heldOut = index < BATCH / 4;
        while (true) {
            int chosen = random.nextInt(others.size());
            if (chosen % HELD_OUT == 0 == heldOut || others.size() < HELD_OUT) {
                return others.get(chosen);
            }
        }
    }

    private Plane rendered(CutoutStore store, SplittableRandom random) {
        Image crop = degrader.degrade(store.get(random.nextInt(store.size())), random).pixels();
        float[] alpha = new float[crop.width() * crop.height()];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (crop.rgba()[4 * i + 3] & 255) / 255f;
        }
        return new Plane(crop.width(), crop.height(), alpha);
    }

    /** Turned, stretched and mirrored a little, then cropped as the recognizer does it. */
    private static void sample(Plane source, SplittableRandom random, float[] dest, int offset) {
        int size = 2 * SIDE;
        CropRegion region = CropRegion.around(source);
        double tilt = random.nextDouble(-0.15, 0.15);
        double squeeze = Math.exp(random.nextDouble(-0.12, 0.12));
        double across = (random.nextBoolean() ? -1 : 1) * squeeze;
        double step = 1.2 * region.size() / size;
        double middleX = region.x() + region.size() / 2;
        double middleY = region.y() + region.size() / 2;
        float[] turned = new float[size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double dx = (x + 0.5 - size / 2.0) * step;
                double dy = (y + 0.5 - size / 2.0) * step;
                double u = middleX + across * (Math.cos(tilt) * dx + Math.sin(tilt) * dy);
                double v = middleY + (Math.cos(tilt) * dy - Math.sin(tilt) * dx) / squeeze;
                int px = (int) Math.floor(u);
                int py = (int) Math.floor(v);
                boolean inside = px >= 0 && py >= 0 && px < source.width() && py < source.height();
                turned[y * size + x] = inside ? source.get(px, py) : 0;
            }
        }
        Plane plane = new Plane(size, size, turned);
        OutlineNetwork.sample(plane, seen(plane), dest, offset);
    }

    private static CropRegion seen(Plane plane) {
        for (float value : plane.values()) {
            if (value >= Matte.THRESHOLD) {
                return CropRegion.around(plane);
            }
        }
        return new CropRegion(0, 0, plane.width());
    }

    private static NDArray loss(
            OutlineNetwork network, Batch batch, NDManager scratch, Map<String, Double> metrics) {
        float[] targets = new float[BATCH * CLASSES];
        for (int i = 0; i < BATCH; i++) {
            for (int c = 0; c < CLASSES; c++) {
                boolean own = c == batch.labels[i];
                targets[i * CLASSES + c] =
                        i < BATCH / 4 ? 0 : own ? SURE : (1 - SURE) / (CLASSES - 1);
            }
        }
        NDArray logits =
                network.forward(scratch.create(batch.alpha, new Shape(BATCH, 1, SIDE, SIDE)));
        long[] best = logits.argMax(1).toLongArray();
        tell(best, batch.labels, metrics);
        NDArray likelihood =
                logits.logSoftmax(1).mul(scratch.create(targets, new Shape(BATCH, CLASSES))).sum();
        return Scaled.by(likelihood, -1 / (0.75 * BATCH));
    }

    private static void tell(long[] best, int[] labels, Map<String, Double> metrics) {
        int right = 0;
        int refused = 0;
        int none = 0;
        for (int i = 0; i < BATCH; i++) {
            boolean correct = best[i] == labels[i];
            if (i >= BATCH / 4) {
                right += correct ? 1 : 0;
            } else if (labels[i] == NONE) {
                none++;
                refused += correct ? 1 : 0;
            }
        }
        metrics.put("accuracy", right / (0.75 * BATCH));
        metrics.put("heldOutRefused", refused / Math.max(1.0, none));
    }
}
