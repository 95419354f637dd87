/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryLoader;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.segmenter.onnx.OnnxSegmenter;
import org.inverso.segmenter.onnx.OnnxSettings;
import org.inverso.training.synthesis.CutoutStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains one stage from the command line; {@code --help} tells how. */
public final class Train {

    private static final String USAGE =
            """
            usage: train STAGE --data DIR --out DIR [--minutes N] [--seed N] [--threads N]

            STAGE    recognizer   what a photo shows; data: cifar/ (one folder a CIFAR-10 class), backgrounds/,
                                   labelled/, cutouts/
                     cutouts      renderings of the category; data: backgrounds/; --count N of them into --out
                     scene        encoder and disentangler; data: backgrounds/, cutouts/; --initial FILE to begin
                                   with the encoder of another category
                     label        masks of photos, as a matting model (--model FILE, ONNX) sees them; data:
                                   backgrounds/; --out is labelled/ of the segmenter's data
                     segmenter    foreground of photos; data: cifar/, backgrounds/, labelled/, cutouts/, and
                                   sprites/ if there are any: photographed objects, PNG with alpha

                     split        encoder and disentangler out of a running training's --data scene.safetensors
                     package      weights in --data into the folder of the category

            --category DIR   folder with the category's category.json and template.glb; for recognizer and segmenter
                             several, separated by commas

            Renderings are in cutouts/ID of the data, ID being that of their category.

            Checkpoints, metrics (JSON lines) and weights go into --out; a later run goes on from there.
            """;

    private static final Logger LOGGER = LoggerFactory.getLogger(Train.class);

    private Train() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0 || arguments[0].equals("--help")) {
            System.out.print(USAGE);
            return;
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        Path data = Path.of(required(options, "--data"));
        Path out = Path.of(required(options, "--out"));
        Duration time =
                Duration.ofSeconds(
                        Math.round(
                                60 * Double.parseDouble(options.getOrDefault("--minutes", "10"))));
        long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        int threads = Integer.parseInt(options.getOrDefault("--threads", "0"));
        DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), threads);
        try (NDManager manager = runtime.newManager()) {
            switch (arguments[0]) {
                case "recognizer" ->
                        new RecognizerTrainer(
                                        data.resolve("cifar"),
                                        data.resolve("backgrounds"),
                                        PictureFolder.read(data.resolve("labelled"), 400),
                                        stores(data, options),
                                        seed)
                                .train(manager, out, time, Progress.NONE);
                case "cutouts" ->
                        new CutoutFactory(
                                        category(options),
                                        new JvmRasterizer(1),
                                        backgrounds(data),
                                        seed)
                                .fill(
                                        out,
                                        Integer.parseInt(options.getOrDefault("--count", "20000")),
                                        Progress.NONE);
                case "scene" -> {
                    CategoryModel category = category(options);
                    new SceneTrainer(
                                    category,
                                    store(data, category),
                                    backgrounds(data),
                                    Optional.ofNullable(options.get("--initial"))
                                            .map(file -> weights(Path.of(file))),
                                    seed)
                            .train(manager, out, time, Progress.NONE);
                }
                case "package" ->
                        CategoryPackage.add(
                                Path.of(required(options, "--category")),
                                data,
                                List.of("encoder", "disentangler"));
                case "label" -> label(options, data, out, threads, seed);
                case "split" -> SceneTrainer.split(manager, out, weights(data));
                case "segmenter" ->
                        new SegmenterTrainer(
                                        List.copyOf(stores(data, options).values()),
                                        backgrounds(data),
                                        PictureFolder.read(data.resolve("labelled"), 400),
                                        sprites(data),
                                        data.resolve("cifar"),
                                        List.of("automobile", "truck", "horse", "bird"),
                                        seed)
                                .train(manager, out, time, Progress.NONE);
                default ->
                        throw new InversoException(
                                "Unknown stage " + arguments[0] + "; see --help");
            }
        }
    }

    private static void label(
            Map<String, String> options, Path data, Path out, int threads, long seed) {
        OnnxSettings settings =
                new OnnxSettings(required(options, "--model"), Optional.empty(), 0.3, threads);
        OnnxSegmenter teacher =
                new OnnxSegmenter(out, DjlRuntime.userCacheFolder().resolve("onnx"), settings);
        try {
            int kept =
                    new PhotoLabeller(teacher).label(backgrounds(data), out, seed, Progress.NONE);
            LOGGER.info("{} labels kept", kept);
        } finally {
            teacher.close();
        }
    }

    private static byte[] weights(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CategoryModel category(Map<String, String> options) {
        return new CategoryLoader().load(Path.of(required(options, "--category")));
    }

    private static List<PictureFolder.Picture> backgrounds(Path data) {
        return PictureFolder.read(data.resolve("backgrounds"), 400);
    }

    /** Photographed objects without background; they are not needed. */
    private static List<PictureFolder.Picture> sprites(Path data) {
        Path folder = data.resolve("sprites");
        return Files.isDirectory(folder) ? PictureFolder.read(folder, 240) : List.of();
    }

    private static Map<String, CutoutStore> stores(Path data, Map<String, String> options) {
        Map<String, CutoutStore> stores = new LinkedHashMap<>();
        for (String folder : required(options, "--category").split(",")) {
            CategoryModel category = new CategoryLoader().load(Path.of(folder));
            stores.put(category.id(), store(data, category));
        }
        return stores;
    }

    private static CutoutStore store(Path data, CategoryModel category) {
        return new CutoutStore(
                data.resolve("cutouts").resolve(category.id()),
                category.template().shapeCount(),
                category.poseParameters().size());
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new InversoException(name + " is missing; see --help");
        }
        return value;
    }
}
