/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.inverso.api.InversoException;
import org.inverso.api.authoring.Training.Ingredient;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.geometry.SkinnedArm;
import org.inverso.network.Parameters;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutRenderer;
import org.inverso.training.synthesis.Painters;
import org.junit.jupiter.api.Test;

/** What a training of encoder and disentangler can do without. */
class SceneLossTest {

    private static final List<Picture> GREY = List.of(new Picture(160, 160, new int[160 * 160]));
    private static final int CROP = EncoderNetwork.SIZE;

    private final CategoryModel arm = arm();
    private final List<Cutout> cutouts = cutouts();

    private static CategoryModel arm() {
        Map<String, byte[]> files = SkinnedArm.create().files();
        return new CategoryLoader().load(path -> new ByteArrayInputStream(files.get(path)));
    }

    private List<Cutout> cutouts() {
        try (JvmRasterizer rasterizer = new JvmRasterizer(1);
                CutoutRenderer renderer =
                        new CutoutRenderer(
                                arm,
                                rasterizer,
                                Painters.of(arm, 64, List.of()),
                                CameraCode.target(arm.template()),
                                GREY)) {
            SplittableRandom random = new SplittableRandom(2);
            return IntStream.range(0, SceneBatch.TEXTURED)
                    .mapToObj(i -> renderer.render(random))
                    .toList();
        }
    }

    @Test
    void withoutTheRenderLossNothingCountsInThePicture() {
        CropDegrader degrader = new CropDegrader(GREY);
        SceneBatch batch =
                SceneBatch.of(cutouts, cutouts.stream().map(degrader::faultless).toList(), arm);
        DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
        try (NDManager manager = runtime.newManager();
                Parameters parameters = Parameters.random(manager, 5)) {
            float[] coverage = SceneTrainer.coverage(arm);
            EncoderNetwork encoder = new EncoderNetwork(parameters);
            SceneNetwork scene = new SceneNetwork(parameters, EncoderNetwork.LATENT, 2, 4);
            SceneNetwork.Heads heads =
                    scene.forward(
                            encoder.forward(
                                    manager.create(
                                            batch.crops, new Shape(batch.size, 4, CROP, CROP))));
            Map<String, Double> metrics = new HashMap<>();

            float with =
                    new SceneLoss(manager, arm, coverage)
                            .of(heads, batch, manager, metrics)
                            .getFloat();
            float without =
                    new SceneLoss(manager, arm, coverage, false)
                            .of(heads, batch, manager, new HashMap<>())
                            .getFloat();

            assertThat(metrics.get("picture")).isPositive();
            assertThat((double) with - without).isCloseTo(8 * metrics.get("picture"), within(1e-4));
        }
    }

    @Test
    void aListNamesWhatIsLeftOut() {
        assertThat(Ingredient.listed("")).isEmpty();
        assertThat(Ingredient.listed("variety, render-loss"))
                .containsExactlyInAnyOrder(Ingredient.RENDER_LOSS, Ingredient.VARIETY);
        assertThatExceptionOfType(InversoException.class)
                .isThrownBy(() -> Ingredient.listed("variety,colours"))
                .withMessageContaining("colours");
    }

    @Test
    void withoutVarietyACropIsTheCutoutItself() {
        Cutout cutout = cutouts.get(0);

        CropDegrader.Degraded crop = new CropDegrader(GREY).faultless(cutout);

        float ratio =
                crop.camera().focal()
                        / cutout.camera().focal(); // of the cutout's size to the crop's
        int middle = CROP / 2;
        for (int y = middle - 30; y < middle + 30; y += 3) {
            for (int x = middle - 30; x < middle + 30; x += 3) {
                assertThat(crop.pixels().get(x, y, 3) / 255f)
                        .isCloseTo(alpha(cutout, crop, x, y, ratio), within(0.02f));
            }
        }
    }

    /** Of the cutout where the crop's pixel lies, bilinear. */
    private static float alpha(
            Cutout cutout, CropDegrader.Degraded crop, int x, int y, float ratio) {
        float side = Cutout.SIZE / ratio;
        float left =
                (1 + cutout.camera().shiftX() - crop.camera().shiftX() / ratio) * Cutout.SIZE / 2
                        - side / 2;
        float top =
                (1 - cutout.camera().shiftY() + crop.camera().shiftY() / ratio) * Cutout.SIZE / 2
                        - side / 2;
        float u = left + (x + 0.5f) * side / CROP - 0.5f;
        float v = top + (y + 0.5f) * side / CROP - 0.5f;
        int u0 = (int) Math.floor(u);
        int v0 = (int) Math.floor(v);
        float sum = 0;
        for (int k = 0; k < 4; k++) {
            int i = (v0 + (k >> 1)) * Cutout.SIZE + u0 + (k & 1);
            float weight =
                    ((k & 1) == 0 ? 1 - u + u0 : u - u0) * ((k >> 1) == 0 ? 1 - v + v0 : v - v0);
            sum += weight * (cutout.rgba()[4 * i + 3] & 255) / 255f;
        }
        return sum;
    }
}
