/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.disentangler.mlp.WPlusSceneNetwork;
import org.inverso.encoder.cnn.WPlusEncoderNetwork;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.network.StyleUnits;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.internal.Portion;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Trains the way from a photo over w+ to the scene: a latent encoder and a disentangler of w+,
 * together, from the category's supervised networks.
 */
final class LatentTrainer {

    static final String RUN = "latent";

    /** Names of the weights in the category. */
    static final List<String> NETWORKS = List.of("latent-encoder", "latent-disentangler");

    private static final double LEARNING_RATE = 1e-3;

    /** Examples of a step. */
    private static final int GENERATED = 48;

    private static final int RENDERED = 16;

    /** Those of them that are new. */
    private static final int NEW_GENERATED = 4;

    private static final int NEW_RENDERED = 1;

    /** Part of the time for the matte's student, unless there is one. */
    private static final double MATTES = 0.08;

    /** Of the examples, the last ones are not learned from. */
    private static final double HELD_OUT = 0.05;

    private final CategoryModel category;
    private final byte[] generatorWeights;
    private final ExampleSource source;
    private final Optional<CutoutStore> cutouts;
    private final CropDegrader degrader;
    private final long seed;

    /**
     * @param category with the supervised networks
     * @param generatorWeights with view codes
     * @param count of examples
     * @param cutouts of the category, to learn from besides
     * @param backgrounds of the cutouts
     */
    LatentTrainer(
            CategoryModel category,
            byte[] generatorWeights,
            int count,
            Optional<CutoutStore> cutouts,
            List<Picture> backgrounds,
            long seed) {
        this.category = category;
        this.generatorWeights = generatorWeights;
        this.source = new ExampleSource(category, generatorWeights, count, seed);
        this.cutouts = cutouts;
        this.degrader = new CropDegrader(backgrounds);
        this.seed = seed;
    }

    /** Trains and writes {@code latent-encoder} and {@code latent-disentangler.safetensors}. */
    void train(NDManager manager, Path data, Path folder, Duration time, Progress progress) {
        try (NDManager own = manager.newSubManager()) {
            Parameters weights = Parameters.read(own, generatorWeights);
            StyleGenerator generator = new StyleGenerator(weights);
            int layers = ExampleSource.cameraLayers(weights);
            RendererExamples examples =
                    source.examples(own, generator, layers, data, new Portion(progress, 0, 0.2));
            int learned = (int) Math.round((1 - HELD_OUT) * examples.size());
            List<RendererExample> known = ExampleSource.found(examples, 0, learned);
            List<RendererExample> heldOut = ExampleSource.found(examples, learned, examples.size());
            MatteStudent matting =
                    new MatteStudent(
                            new MatteTrainer(examples, learned, seed)
                                    .train(
                                            own,
                                            folder,
                                            part(time, MATTES),
                                            new Portion(progress, 0.2, 0.25)));
            StyleStudio studio = new GeneratorStudio(own, generator, seed);
            GeneratedCrops crops = new GeneratedCrops(studio, layers, matting, known);
            LatentCheck check = new LatentCheck(own, crops, studio, heldOut);
            LatentNetworks networks =
                    networks(own, folder, generator.shape(), wMean(weights), known);
            JniUtils.setGradMode(true);
            byte[] trained =
                    new TrainingRun(RUN, folder, part(time, 1 - MATTES), LEARNING_RATE)
                            .train(
                                    new NetworkLearner(
                                            own,
                                            networks.parameters(),
                                            learned(networks.parameters()),
                                            step(own, networks, crops, check),
                                            LEARNING_RATE),
                                    new Portion(progress, 0.25, 1));
            split(own, folder, trained, generator.shape());
            check.write(
                    LatentNetworks.read(Parameters.read(own, trained)),
                    folder.resolve(RUN + ".heldout.png"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        }
    }

    private static float[] wMean(Parameters weights) {
        return weights.arrays().get(StyleGenerator.W_MEAN).toFloatArray();
    }

    /** Those of an earlier run, else what the supervised networks know and fresh layers. */
    private LatentNetworks networks(
            NDManager own,
            Path folder,
            GeneratorShape shape,
            float[] wMean,
            List<RendererExample> known) {
        Optional<byte[]> checkpoint = TrainingRun.checkpoint(folder, RUN);
        Parameters parameters =
                checkpoint
                        .map(bytes -> Parameters.read(own, bytes))
                        .orElseGet(() -> Parameters.startingFrom(own, supervised(own), seed));
        new WPlusEncoderNetwork(parameters, shape.styles(), shape.wSize());
        new WPlusSceneNetwork(
                parameters,
                shape.styles(),
                shape.wSize(),
                category.template().shapeCount(),
                category.poseParameters().size());
        LatentNetworks networks = LatentNetworks.read(parameters);
        if (checkpoint.isEmpty()) {
            networks.units().set(wMean, deviation(known, wMean));
        }
        return networks;
    }

    private Step step(
            NDManager own, LatentNetworks networks, GeneratedCrops crops, LatentCheck check) {
        SceneLoss labels = new SceneLoss(own, category, SceneTrainer.coverage(category));
        return new Step(
                networks,
                new LatentExampleFactory(own, category, networks.encoder(), degrader),
                crops,
                new LatentLoss(networks, labels),
                check);
    }

    private static Duration part(Duration time, double part) {
        return Duration.ofMillis(Math.round(part * time.toMillis()));
    }

    /**
     * All but the generator's own numbers and the convolutions, which see well already and would
     * take nearly all of the time.
     */
    private static Map<String, NDArray> learned(Parameters parameters) {
        Map<String, NDArray> learned = new LinkedHashMap<>(parameters.arrays());
        learned.keySet()
                .removeIf(
                        name ->
                                name.equals(StyleUnits.MEAN)
                                        || name.equals(StyleUnits.DEVIATION)
                                        || name.startsWith("stem")
                                        || name.startsWith("stage"));
        return learned;
    }

    /** Both supervised networks in one file, to begin with. */
    private byte[] supervised(NDManager own) {
        try (NDManager scratch = own.newSubManager()) {
            NDList both = new NDList();
            both.addAll(NDList.decode(scratch, category.weights("encoder")));
            both.addAll(NDList.decode(scratch, category.weights("disentangler")));
            return both.encode(NDList.Encoding.SAFETENSORS);
        }
    }

    /** Root mean square of w's distance from its mean, by coordinate. */
    private static float deviation(List<RendererExample> known, float[] mean) {
        double sum = 0;
        for (RendererExample example : known) {
            for (int i = 0; i < mean.length; i++) {
                double apart = example.contentW()[i] - mean[i];
                sum += apart * apart;
            }
        }
        return (float) Math.sqrt(sum / known.size() / mean.length);
    }

    /** Writes each network's own parameters into a file of its own. */
    private static void split(NDManager own, Path folder, byte[] trained, GeneratorShape shape)
            throws IOException {
        try (NDManager scratch = own.newSubManager();
                Parameters fresh = Parameters.random(scratch, 0)) {
            new WPlusEncoderNetwork(fresh, shape.styles(), shape.wSize());
            NDList encoder = new NDList();
            NDList disentangler = new NDList();
            for (NDArray array : NDList.decode(scratch, trained)) {
                boolean encoders = fresh.arrays().containsKey(array.getName());
                boolean shared =
                        array.getName().equals(StyleUnits.MEAN)
                                || array.getName().equals(StyleUnits.DEVIATION);
                if (encoders) {
                    encoder.add(array);
                }
                if (!encoders || shared) {
                    disentangler.add(array);
                }
            }
            List<NDList> networks = List.of(encoder, disentangler);
            for (int i = 0; i < networks.size(); i++) {
                Files.write(
                        folder.resolve(NETWORKS.get(i) + ".safetensors"),
                        networks.get(i).encode(NDList.Encoding.SAFETENSORS));
            }
        }
    }

    /** Steps, and now and then a look at held-out examples. */
    private final class Step implements TrainingRun.Step {

        private final LatentNetworks networks;
        private final LatentPool generated;
        private final Optional<LatentPool> rendered;
        private final LatentLoss loss;
        private final LatentCheck check;
        private long number;

        Step(
                LatentNetworks networks,
                LatentExampleFactory factory,
                GeneratedCrops crops,
                LatentLoss loss,
                LatentCheck check) {
            this.networks = networks;
            this.generated =
                    new LatentPool(random -> factory.generated(crops, NEW_GENERATED, random));
            this.rendered =
                    cutouts.map(
                            store ->
                                    new LatentPool(
                                            random ->
                                                    factory.rendered(store, NEW_RENDERED, random)));
            this.loss = loss;
            this.check = check;
        }

        @Override
        public NDArray loss(NDManager scratch, double done, Map<String, Double> metrics) {
            metrics.putAll(check.after(number, networks));
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number++);
            List<LatentExample> others =
                    rendered.map(pool -> pool.draw(RENDERED, random)).orElse(List.of());
            return loss.of(scratch, generated.draw(GENERATED, random), others, metrics);
        }
    }
}
