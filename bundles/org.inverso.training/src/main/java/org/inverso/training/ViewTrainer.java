/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.training.ViewFinder.View;
import org.inverso.training.gan.SampleSheet;
import org.inverso.training.gan.TrainingPictures;
import org.inverso.training.internal.BarChart;
import org.inverso.training.internal.FeatureCloud;
import org.inverso.training.internal.Portion;

/**
 * Finds out which layers of a trained generator carry the camera, chooses view codes, and writes
 * them into its weights, with what the recognizer sees in the pictures that it learned from.
 */
final class ViewTrainer {

    private static final int REFERENCE = 2000;
    private static final int OBJECTS = 8;
    private static final double PSI = 0.7;

    private final CategoryModel category;
    private final TrainingPictures pictures;
    private final int resolution;
    private final long seed;

    /**
     * @param pictures that the generator learned from
     * @param resolution of them
     */
    ViewTrainer(CategoryModel category, TrainingPictures pictures, int resolution, long seed) {
        this.category = category;
        this.pictures = pictures;
        this.resolution = resolution;
        this.seed = seed;
    }

    /**
     * Writes {@code generator.safetensors}, {@code generator.views.json}, and pictures of both.
     *
     * @return how many view codes were found
     */
    int train(NDManager manager, Path folder, Progress progress) {
        Path file = folder.resolve(GanTrainer.WEIGHTS + ".safetensors");
        if (!Files.exists(file)) {
            throw new InversoException(
                    "there is no " + file + "; train a generator first: --stage gan");
        }
        try (NDManager own = manager.newSubManager();
                SupervisedProbe probe = new SupervisedProbe(own, category);
                PictureFeatures features = new PictureFeatures(own)) {
            byte[] weights = Files.readAllBytes(file);
            StyleGenerator generator = new StyleGenerator(Parameters.read(own, weights));
            StyleStudio studio = new GeneratorStudio(own, generator, seed);
            LayerMeasurement layers =
                    LayerMeasurement.of(studio, probe, seed, new Portion(progress, 0, 0.4));
            List<View> views =
                    new ViewFinder(studio, probe, layers.cameraLayers(), seed + 1)
                            .find(new Portion(progress, 0.4, 0.9));
            progress.report(0.9, "looking at the training pictures");
            byte[] result =
                    GeneratorFile.with(
                            own,
                            weights,
                            views,
                            layers.cameraLayers(),
                            reference(features),
                            features.fingerprint());
            report(folder, layers, views);
            sheets(folder, studio, layers, views);
            Path part = folder.resolve(file.getFileName() + ".part");
            Files.write(part, result);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            return views.size();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write into " + folder + ": " + e.getMessage(), e);
        }
    }

    private FeatureCloud reference(PictureFeatures features) {
        SplittableRandom random = new SplittableRandom(seed + 2);
        int size = 3 * resolution * resolution;
        float[] all = new float[REFERENCE * size];
        for (int n = 0; n < REFERENCE; n++) {
            pictures.draw(random, all, n * size);
        }
        return features.of(all, resolution);
    }

    private static void report(Path folder, LayerMeasurement layers, List<View> views)
            throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode document = json.createObjectNode();
        document.put("cameraLayers", layers.cameraLayers());
        ArrayNode effects = document.putArray("layers");
        for (LayerMeasurement.Effect effect : layers.layers()) {
            effects.addObject()
                    .put("layer", effect.layer())
                    .put("azimuthAloneDeg", rounded(effect.aloneDeg()))
                    .put("azimuthLeftDeg", rounded(effect.leftDeg()))
                    .put("shapeAlone", rounded(effect.shapeAlone()));
        }
        ArrayNode found = document.putArray("views");
        for (View view : views) {
            found.addObject()
                    .put("azimuthDeg", rounded(view.azimuthDeg()))
                    .put("azimuthStdDeg", rounded(view.deviationDeg()))
                    .put("elevationDeg", rounded(view.elevationDeg()));
        }
        Files.writeString(
                folder.resolve(GanTrainer.WEIGHTS + ".views.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    }

    private static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }

    private void sheets(Path folder, StyleStudio studio, LayerMeasurement layers, List<View> views)
            throws IOException {
        BarChart.draw(
                folder.resolve(GanTrainer.WEIGHTS + ".layers.png"),
                "camera moved by one layer's style, degrees",
                layers.layers().stream().mapToDouble(LayerMeasurement.Effect::aloneDeg).toArray(),
                layers.cameraLayers());
        if (views.isEmpty()) {
            return;
        }
        float[][] contents = studio.draw(OBJECTS, PSI, new SplittableRandom(seed + 3));
        int columns = views.size();
        SampleSheet.write(
                folder.resolve(GanTrainer.WEIGHTS + ".views.png"),
                studio.pictures(
                        OBJECTS * columns,
                        (n, l) ->
                                l < layers.cameraLayers()
                                        ? views.get(n % columns).w()
                                        : contents[n / columns]),
                studio.resolution(),
                columns);
    }
}
