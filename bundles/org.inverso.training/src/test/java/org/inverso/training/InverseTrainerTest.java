/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.raster.RasterImages;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.MaskAgreement.Agreement;
import org.inverso.training.inverse.GanView;
import org.inverso.training.inverse.GanViewStore;
import org.inverso.training.inverse.JointCameras;
import org.inverso.training.inverse.PredictedView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains for a few steps on outlines of the template; object 0 is held out. */
class InverseTrainerTest {

    private static final double[] AZIMUTHS = {20, 75};
    private static final Duration LONG = Duration.ofHours(1);

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final CategoryModel car =
            new CategoryLoader()
                    .load(Path.of("..", "org.inverso.category.car", "src/main/resources"));
    private final JvmRasterizer rasterizer = new JvmRasterizer(1);
    private NDManager manager;
    @TempDir private Path folder;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
        rasterizer.close();
    }

    private GanViewStore store(int contents) throws IOException {
        List<GanView> views = new ArrayList<>();
        try (PredictedView view =
                new PredictedView(car, rasterizer, EncoderNetwork.SIZE, 0, false)) {
            for (int content = 0; content < contents; content++) {
                for (int v = 0; v < AZIMUTHS.length; v++) {
                    views.add(new GanView(content, v, outline(view, AZIMUTHS[v])));
                }
            }
        }
        GanViewStore.write(folder, "views", 1, views);
        return new GanViewStore(folder, 1);
    }

    private Image outline(PredictedView view, double azimuth) {
        int side = EncoderNetwork.SIZE;
        RasterImages images =
                view.render(
                        (float) azimuth,
                        new float[SceneNetwork.CAMERA],
                        new float[car.template().shapeCount()],
                        new float[car.poseParameters().size()]);
        byte[] rgba = new byte[4 * side * side];
        for (int i = 0; i < side * side; i++) {
            java.util.Arrays.fill(
                    rgba, 4 * i, 4 * i + 4, (byte) (images.faceIndex[i] >= 0 ? 255 : 0));
        }
        return new Image(side, side, rgba);
    }

    private List<Agreement> train(GanViewStore store, int steps) {
        int[] left = {steps};
        Progress few =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {}

                    @Override
                    public boolean cancelled() {
                        return left[0]-- <= 0;
                    }
                };
        return InverseTrainer.fromTemplate(car, rasterizer, store, AZIMUTHS, 1)
                .train(manager, folder, LONG, few);
    }

    @Test
    void itsWeightsAreThoseOfTheUsualNetworks() throws IOException {
        List<Agreement> heldOut = train(store(3), 2);
        assertThat(heldOut).hasSize(AZIMUTHS.length);
        assertThat(heldOut).allSatisfy(a -> assertThat(a.maskIou()).isBetween(0.01, 1.0));
        Parameters encoder = read("inverse-encoder.safetensors");
        Parameters scene = read("inverse-disentangler.safetensors");
        assertThat(scene.arrays()).doesNotContainKey(JointCameras.NAME);
        assertThat(read("inverse.checkpoint.safetensors").arrays()).containsKey(JointCameras.NAME);
        try (MaskAgreement agreement = new MaskAgreement(car, rasterizer)) {
            List<Agreement> again =
                    agreement.of(
                            manager,
                            new EncoderNetwork(encoder),
                            SceneNetwork.read(scene),
                            List.of(store(3).get(0, 0).crop()));
            assertThat(again.get(0).maskIou()).isEqualTo(heldOut.get(0).maskIou());
            assertThat(again.get(0).framedIou()).isBetween(0.3, 1.0);
        }
        assertThat(folder.resolve("inverse.heldout.png")).exists();
        assertThat(Files.readString(folder.resolve("inverse.metrics.jsonl")))
                .contains("\"heldOutIou\"", "\"iou\"", "\"step\":2");
    }

    private Parameters read(String file) throws IOException {
        return Parameters.read(manager, Files.readAllBytes(folder.resolve(file)));
    }

    @Test
    void aCancelledRunIsTakenUp() throws IOException {
        GanViewStore store = store(2);
        train(store, 1);
        float[] before =
                read("inverse.checkpoint.safetensors").arrays().get("shape.bias").toFloatArray();
        train(store, 1);
        Map<String, ai.djl.ndarray.NDArray> after = read("inverse.checkpoint.safetensors").arrays();
        float[] bias = after.get("shape.bias").toFloatArray();
        // One step of a run that has only begun hardly moves anything.
        for (int k = 0; k < bias.length; k++) {
            assertThat(Math.abs(bias[k] - before[k])).isLessThan(1e-4f);
        }
        assertThat(bias).isNotEqualTo(before);
        assertThat(Files.readString(folder.resolve("inverse.metrics.jsonl")))
                .contains("\"step\":1,", "\"step\":2,");
    }

    @Test
    void withoutAHeldOutObjectThereIsNothingToJudgeBy() throws IOException {
        GanViewStore store = store(1);
        assertThatThrownBy(() -> InverseTrainer.fromTemplate(car, rasterizer, store, AZIMUTHS, 1))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("--count");
    }
}
