/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;
import org.inverso.recognizer.net.RecognitionNetwork;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.internal.Calibration;
import org.inverso.training.synthesis.CutoutStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains {@link RecognitionNetwork} on folders of small labelled photos (CIFAR-10) and on pictures
 * of nothing in particular.
 */
public final class RecognizerTrainer {

    private static final Logger LOGGER = LoggerFactory.getLogger(RecognizerTrainer.class);
    private static final int SIZE = RecognitionNetwork.SIZE;
    private static final int BATCH = 64;
    private static final int HELD_OUT = 10;
    private static final int NONE = RecognitionNetwork.CLASSES.indexOf("none");

    /** One picture of this many of a category is a rendering in a photo; most are photos. */
    private static final int COMPOSED = 5;

    /**
     * Of what is none of the categories, the part that stands out in photos of full size. It is
     * what the recognizer meets, and rare in the data.
     */
    private static final double OBJECTS = 0.3;

    /** One rendering of this many leans, as far as its kind does. */
    private static final int LEANING = 3;

    /** How far objects lean, radians: penguins stand, ducks lie. */
    private static final Map<String, Double> LEANS = Map.of("bird", 1.2);

    /** Side of a rendering put into a photo, before it is reduced, pixels. */
    private static final int PHOTO = 128;

    /** Folder names of CIFAR-10 and what they count as. */
    private static final Map<String, String> FOLDERS =
            Map.of(
                    "automobile", "car",
                    "truck", "car",
                    "horse", "horse",
                    "bird", "bird",
                    "airplane", "none",
                    "cat", "none",
                    "deer", "none",
                    "dog", "none",
                    "frog", "none",
                    "ship", "none");

    private final List<List<Picture>> byClass = new ArrayList<>();
    private final List<List<Picture>> heldOut = new ArrayList<>();
    private final List<Picture> objects = new ArrayList<>();
    private final SplittableRandom random;
    private final Map<Integer, Compositor> composed = new HashMap<>();

    /**
     * @param cifar folder with one folder a CIFAR-10 class
     * @param backgrounds folder of photos without any known object
     * @param labelled parts of them, with masks of what stands out in them as alpha
     * @param cutouts by category its rendered objects, which are put into the backgrounds
     */
    public RecognizerTrainer(
            Path cifar,
            Path backgrounds,
            List<Picture> labelled,
            Map<String, CutoutStore> cutouts,
            long seed) {
        this.random = new SplittableRandom(seed);
        List<Picture> large = PictureFolder.read(backgrounds, 400);
        cutouts.forEach(
                (category, store) ->
                        composed.put(
                                RecognitionNetwork.CLASSES.indexOf(category),
                                new Compositor(PHOTO, List.of(store), large, List.of())));
        RecognitionNetwork.CLASSES.forEach(
                c -> {
                    byClass.add(new ArrayList<>());
                    heldOut.add(new ArrayList<>());
                });
        FOLDERS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry ->
                                add(
                                        PictureFolder.read(cifar.resolve(entry.getKey()), SIZE),
                                        RecognitionNetwork.CLASSES.indexOf(entry.getValue())));
        // No sharper than the photos of the categories, or sharpness would tell what is none.
        List<Picture> photos = PictureFolder.read(backgrounds, SIZE * 4 / 3);
        for (int repeat = 0; repeat < 10; repeat++) {
            add(photos, NONE);
        }
        List<Picture> cutOut = labelled.stream().map(RecognizerTrainer::object).toList();
        for (int i = 0; i < cutOut.size(); i++) {
            (i % HELD_OUT == 0 ? heldOut.get(NONE) : objects).add(cutOut.get(i));
        }
    }

    /**
     * What a segmenter would cut out of a photo, in the square that the recognizer looks at, as
     * small as the photos of the categories.
     */
    private static Picture object(Picture photo) {
        float[] alpha = new float[photo.rgb().length];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (photo.rgb()[i] >>> 24) / 255f;
        }
        CropRegion region = CropRegion.around(new Plane(photo.width(), photo.height(), alpha));
        double side = 1.2 * region.size() * CropRegion.FILL;
        double left = region.x() + (region.size() - side) / 2;
        double top = region.y() + (region.size() - side) / 2;
        int[] rgb = new int[SIZE * SIZE];
        int taps = Math.max(1, (int) Math.ceil(side / SIZE));
        for (int i = 0; i < rgb.length; i++) {
            int[] sum = new int[3];
            for (int t = 0; t < taps * taps; t++) {
                double u = left + (i % SIZE + (t % taps + 0.5) / taps) * side / SIZE;
                double v = top + (i / SIZE + (t / taps + 0.5) / taps) * side / SIZE;
                int x = (int) Math.max(0, Math.min(photo.width() - 1, u));
                int y = (int) Math.max(0, Math.min(photo.height() - 1, v));
                int color = photo.rgb()[y * photo.width() + x];
                for (int c = 0; c < 3; c++) {
                    sum[c] += color >> (16 - 8 * c) & 255;
                }
            }
            for (int c = 0; c < 3; c++) {
                rgb[i] = rgb[i] << 8 | sum[c] / (taps * taps);
            }
        }
        return new Picture(SIZE, SIZE, rgb);
    }

    private void add(List<Picture> pictures, int label) {
        for (int i = 0; i < pictures.size(); i++) {
            (i % HELD_OUT == 0 ? heldOut : byClass).get(label).add(pictures.get(i));
        }
    }

    /** Trains and writes {@code recognizer.safetensors}. */
    public void train(NDManager manager, Path folder, Duration time, Progress progress) {
        Parameters parameters =
                TrainingRun.checkpoint(folder, "recognizer")
                        .map(bytes -> Parameters.read(manager, bytes))
                        .orElseGet(() -> Parameters.random(manager, random.nextLong()));
        RecognitionNetwork network = new RecognitionNetwork(parameters);
        byte[] weights =
                new TrainingRun("recognizer", folder, time, 2e-3)
                        .train(
                                manager,
                                parameters,
                                (scratch, done, metrics) -> step(network, scratch, metrics),
                                progress);
        try (Parameters averaged = Parameters.read(manager, weights)) {
            calibrate(averaged, manager);
            Path file = folder.resolve("recognizer.safetensors");
            Files.write(file, averaged.write(true));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write into " + folder, e);
        }
    }

    /**
     * Divides the logits by the temperature at which they fit the held-out pictures best (Guo et
     * al. 2017, arXiv 1706.04599), within the last layer.
     */
    private void calibrate(Parameters parameters, NDManager manager) {
        RecognitionNetwork network = new RecognitionNetwork(parameters);
        List<float[]> logits = new ArrayList<>();
        for (int label = 0; label < heldOut.size(); label++) {
            logits.add(logits(network, heldOut.get(label), manager));
            tell(label, logits.get(label));
        }
        double temperature = Calibration.temperature(logits);
        LOGGER.info("temperature {}", String.format("%.3f", temperature));
        for (String name : RecognitionNetwork.LOGITS) {
            parameters.arrays().get(name).divi(temperature);
        }
    }

    private NDArray step(
            RecognitionNetwork network, NDManager scratch, Map<String, Double> metrics) {
        float[] pixels = new float[BATCH * 3 * SIZE * SIZE];
        float[] targets = new float[BATCH * RecognitionNetwork.CLASSES.size()];
        int[] labels = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            // Half of what is met is none of the categories.
            int label = random.nextInt(2) == 0 ? NONE : random.nextInt(NONE);
            augment(picture(label), pixels, i * 3 * SIZE * SIZE);
            labels[i] = label;
            for (int c = 0; c < 4; c++) {
                targets[4 * i + c] = c == label ? 0.97f : 0.01f;
            }
        }
        NDArray logits = network.forward(scratch.create(pixels, new Shape(BATCH, 3, SIZE, SIZE)));
        long[] best = logits.argMax(1).toLongArray();
        int right = 0;
        for (int i = 0; i < BATCH; i++) {
            right += best[i] == labels[i] ? 1 : 0;
        }
        metrics.put("accuracy", right / (double) BATCH);
        return Scaled.by(
                logits.logSoftmax(1).mul(scratch.create(targets, new Shape(BATCH, 4))).sum(),
                -1.0 / BATCH);
    }

    private Picture picture(int label) {
        if (label == NONE && !objects.isEmpty() && random.nextDouble() < OBJECTS) {
            return objects.get(random.nextInt(objects.size()));
        }
        if (composed.containsKey(label) && random.nextInt(COMPOSED) == 0) {
            double lean = LEANS.getOrDefault(RecognitionNetwork.CLASSES.get(label), 0.0);
            boolean leaning = lean > 0 && random.nextInt(LEANING) == 0;
            return composed(composed.get(label), leaning ? random.nextDouble(-lean, lean) : 0);
        }
        List<Picture> pictures = byClass.get(label);
        return pictures.get(random.nextInt(pictures.size()));
    }

    /**
     * A rendered object in a photo, as small and as tight as the labelled photos.
     *
     * @param lean by which all of it is turned, radians
     */
    private Picture composed(Compositor compositor, double lean) {
        Compositor.Scene scene = compositor.sample(random);
        int from = PHOTO;
        boolean shown = false;
        for (float value : scene.mask()) {
            shown |= value >= Matte.THRESHOLD;
        }
        if (!shown) {
            return composed(compositor, lean);
        }
        CropRegion region = CropRegion.around(new Plane(from, from, scene.mask()));
        double side = region.size() * CropRegion.FILL * random.nextDouble(1, 1.3);
        double middleX = region.x() + region.size() / 2;
        double middleY = region.y() + region.size() / 2;
        int[] rgb = new int[SIZE * SIZE];
        int taps = 4;
        for (int i = 0; i < rgb.length; i++) {
            float[] sum = new float[3];
            for (int t = 0; t < taps * taps; t++) {
                double dx = ((i % SIZE + (t % taps + 0.5) / taps) / SIZE - 0.5) * side;
                double dy = ((i / SIZE + (t / taps + 0.5) / taps) / SIZE - 0.5) * side;
                double u = middleX + dx * Math.cos(lean) - dy * Math.sin(lean);
                double v = middleY + dx * Math.sin(lean) + dy * Math.cos(lean);
                int x = (int) Math.max(0, Math.min(from - 1, u));
                int y = (int) Math.max(0, Math.min(from - 1, v));
                for (int c = 0; c < 3; c++) {
                    sum[c] += scene.rgb()[(c * from + y) * from + x];
                }
            }
            for (int c = 0; c < 3; c++) {
                rgb[i] = rgb[i] << 8 | Math.round(255 * sum[c] / (taps * taps));
            }
        }
        return new Picture(SIZE, SIZE, rgb);
    }

    private void augment(Picture picture, float[] dest, int offset) {
        double zoom = Math.exp(random.nextDouble(-0.35, 0.2));
        double side = Math.min(picture.width(), picture.height()) * zoom;
        double left = (picture.width() - side) / 2 + random.nextDouble(-0.12, 0.12) * side;
        double top = (picture.height() - side) / 2 + random.nextDouble(-0.12, 0.12) * side;
        boolean flip = random.nextBoolean();
        double gain = Math.exp(random.nextDouble(-0.3, 0.3));
        double lift = random.nextDouble(-0.1, 0.1);
        double grey = random.nextInt(6) == 0 ? random.nextDouble() : 0;
        double[] tint = {
            random.nextDouble(0.9, 1.1), random.nextDouble(0.9, 1.1), random.nextDouble(0.9, 1.1)
        };
        sample(picture, left, top, side, flip, dest, offset);
        int plane = SIZE * SIZE;
        for (int i = 0; i < plane; i++) {
            double mean =
                    (dest[offset + i] + dest[offset + plane + i] + dest[offset + 2 * plane + i])
                            / 3;
            for (int c = 0; c < 3; c++) {
                int at = offset + c * plane + i;
                double value = dest[at] + grey * (mean - dest[at]);
                dest[at] = (float) Math.max(-1, Math.min(1, value * gain * tint[c] + lift));
            }
        }
    }

    /** Bilinear, borders repeated. */
    private static void sample(
            Picture picture,
            double left,
            double top,
            double side,
            boolean flip,
            float[] dest,
            int offset) {
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double u = left + (flip ? SIZE - 0.5 - x : x + 0.5) * side / SIZE - 0.5;
                double v = top + (y + 0.5) * side / SIZE - 0.5;
                u = Math.max(0, Math.min(picture.width() - 1.001, u));
                v = Math.max(0, Math.min(picture.height() - 1.001, v));
                int iu = (int) u;
                int iv = (int) v;
                double fu = u - iu;
                double fv = v - iv;
                int at = iv * picture.width() + iu;
                int[] rgb = picture.rgb();
                for (int c = 0; c < 3; c++) {
                    int shift = 16 - 8 * c;
                    double upper =
                            (1 - fu) * (rgb[at] >> shift & 255) + fu * (rgb[at + 1] >> shift & 255);
                    double lower =
                            (1 - fu) * (rgb[at + picture.width()] >> shift & 255)
                                    + fu * (rgb[at + picture.width() + 1] >> shift & 255);
                    dest[offset + c * SIZE * SIZE + y * SIZE + x] =
                            (float) (((1 - fv) * upper + fv * lower) / 127.5 - 1);
                }
            }
        }
    }

    /** Logits of pictures as they are, {@code float[pictures * classes]}. */
    private static float[] logits(
            RecognitionNetwork network, List<Picture> pictures, NDManager manager) {
        int classes = RecognitionNetwork.CLASSES.size();
        float[] all = new float[pictures.size() * classes];
        for (int from = 0; from < pictures.size(); from += BATCH) {
            List<Picture> some = pictures.subList(from, Math.min(pictures.size(), from + BATCH));
            float[] pixels = new float[some.size() * 3 * SIZE * SIZE];
            for (int i = 0; i < some.size(); i++) {
                Picture picture = some.get(i);
                double side = Math.min(picture.width(), picture.height());
                double left = (picture.width() - side) / 2;
                double top = (picture.height() - side) / 2;
                sample(picture, left, top, side, false, pixels, i * 3 * SIZE * SIZE);
            }
            try (NDManager scratch = manager.newSubManager()) {
                NDArray input = scratch.create(pixels, new Shape(some.size(), 3, SIZE, SIZE));
                float[] part = network.forward(input).toFloatArray();
                System.arraycopy(part, 0, all, from * classes, part.length);
            }
        }
        return all;
    }

    private static void tell(int label, float[] logits) {
        int classes = RecognitionNetwork.CLASSES.size();
        int[] counts = new int[classes];
        for (int i = 0; i < logits.length; i += classes) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = logits[i + c] > logits[i + best] ? c : best;
            }
            counts[best]++;
        }
        LOGGER.info(
                "held out {}: recognised as {} of {}",
                RecognitionNetwork.CLASSES.get(label),
                counts,
                RecognitionNetwork.CLASSES);
    }
}
