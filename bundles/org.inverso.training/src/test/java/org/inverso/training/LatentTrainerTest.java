/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.WPlusSceneNetwork;
import org.inverso.encoder.cnn.WPlusEncoderNetwork;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.network.StyleUnits;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.internal.MadeUpPictures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains for a few steps on the car's generator. */
class LatentTrainerTest {

    private static final Duration LONG = Duration.ofHours(1);

    /** Questions whether the work is cancelled before the first step. */
    private static final int BEFORE = 2;

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final CategoryModel car =
            new CategoryLoader()
                    .load(Path.of("..", "org.inverso.category.car", "src/main/resources"));
    private NDManager manager;
    @TempDir private Path folder;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private void train(int steps) throws IOException {
        // A student that has learned nothing is enough to place crops somewhere.
        try (NDManager own = manager.newSubManager()) {
            Parameters fresh = Parameters.random(own, 1);
            new MatteStudent(fresh);
            Files.write(folder.resolve("renderer.matte.safetensors"), fresh.write(true));
        }
        boolean examplesAreThere = Files.exists(folder.resolve("renderer"));
        int[] left = {BEFORE + steps - (examplesAreThere ? 1 : 0)};
        Progress few =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {}

                    @Override
                    public boolean cancelled() {
                        return left[0]-- <= 0;
                    }
                };
        new LatentTrainer(
                        car,
                        car.weights("generator"),
                        20,
                        Optional.empty(),
                        MadeUpPictures.of(1),
                        1)
                .train(manager, folder, folder, LONG, few);
    }

    private Parameters read(String file) throws IOException {
        return Parameters.read(manager, Files.readAllBytes(folder.resolve(file)));
    }

    @Test
    void eachNetworkIsWholeAndKnowsTheGeneratorsMean() throws IOException {
        train(2);
        Parameters encoder = read("latent-encoder.safetensors");
        Parameters disentangler = read("latent-disentangler.safetensors");
        WPlusEncoderNetwork.read(encoder);
        WPlusSceneNetwork scene = WPlusSceneNetwork.read(disentangler);
        assertThat(scene.codeLength()).isEqualTo(10 * 256);
        assertThat(encoder.arrays()).doesNotContainKeys("shape.bias", "styles.0.weight");
        assertThat(disentangler.arrays()).doesNotContainKeys("stem.weight", "wPlus.weight");
        float[] mean =
                Parameters.read(manager, car.weights("generator"))
                        .arrays()
                        .get(StyleGenerator.W_MEAN)
                        .toFloatArray();
        for (Parameters network : List.of(encoder, disentangler)) {
            assertThat(network.arrays().get(StyleUnits.MEAN).toFloatArray()).containsExactly(mean);
            assertThat(network.arrays().get(StyleUnits.DEVIATION).getFloat()).isBetween(0.01f, 10f);
        }
        assertThat(Files.readString(folder.resolve("latent.metrics.jsonl")))
                .contains("\"step\":2,", "\"heldOutWError\"", "\"wError\"");
        assertThat(folder.resolve("latent.heldout.png")).exists();
    }

    @Test
    void theSupervisedConvolutionsStayAndACancelledRunIsTakenUp() throws IOException {
        train(1);
        float[] styles = numbers("latent.checkpoint.safetensors", "styles.0.weight");
        train(1);
        assertThat(numbers("latent.checkpoint.safetensors", "styles.0.weight"))
                .isNotEqualTo(styles);
        assertThat(Files.readString(folder.resolve("latent.metrics.jsonl")))
                .contains("\"step\":1,", "\"step\":2,");
        Parameters supervised = Parameters.read(manager, car.weights("encoder"));
        assertThat(numbers("latent.checkpoint.safetensors", "stage3.conv1.weight"))
                .containsExactly(supervised.arrays().get("stage3.conv1.weight").toFloatArray());
    }

    private float[] numbers(String file, String name) throws IOException {
        return read(file).arrays().get(name).toFloatArray();
    }

    @Test
    void theLossOfAFewExamplesFalls() {
        Parameters weights = Parameters.read(manager, car.weights("generator"));
        StyleGenerator generator = new StyleGenerator(weights);
        Parameters parameters = Parameters.random(manager, 1);
        new WPlusEncoderNetwork(parameters, 10, 256);
        new WPlusSceneNetwork(
                parameters, 10, 256, car.template().shapeCount(), car.poseParameters().size());
        LatentNetworks networks = LatentNetworks.read(parameters);
        networks.units().set(weights.arrays().get(StyleGenerator.W_MEAN).toFloatArray(), 0.3f);
        GeneratedCrops crops =
                new GeneratedCrops(
                        new GeneratorStudio(manager, generator, 1),
                        3,
                        new MatteStudent(Parameters.random(manager, 1)),
                        List.of(example(generator)));
        List<LatentExample> examples =
                new LatentExampleFactory(
                                manager,
                                car,
                                networks.encoder(),
                                new CropDegrader(MadeUpPictures.of(1)))
                        .generated(crops, 4, new SplittableRandom(1));
        assertThat(examples).hasSize(4).allMatch(LatentExample::isGenerated);
        LatentLoss loss =
                new LatentLoss(networks, new SceneLoss(manager, car, SceneTrainer.coverage(car)));
        NetworkLearner learner =
                new NetworkLearner(
                        manager,
                        parameters,
                        (scratch, done, metrics) ->
                                loss.of(scratch, examples, examples.subList(0, 2), metrics),
                        2e-3);
        Map<String, Double> first = new HashMap<>();
        double before = learner.step(new Learner.Moment(0, 199, 0), first);
        Map<String, Double> last = new HashMap<>();
        double after = 0;
        for (int step = 1; step < 25; step++) {
            after = learner.step(new Learner.Moment(step, 199 + step, 0), last);
        }
        assertThat(after).isLessThan(0.7 * before);
        assertThat(last.get("wError")).isLessThan(0.3 * first.get("wError"));
        assertThat(last.get("azimuth")).isLessThan(0.7 * first.get("azimuth"));
    }

    private static RendererExample example(StyleGenerator generator) {
        int side = generator.shape().resolution();
        float[] matte = new float[side * side];
        java.util.Arrays.fill(matte, side * side / 4, side * side / 2, 1);
        return new RendererExample(
                new float[256],
                new float[256],
                new float[3 * side * side],
                matte,
                true,
                0,
                1,
                new float[0],
                new float[0],
                new float[0],
                new float[0],
                new float[0]);
    }
}
