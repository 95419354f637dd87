/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.inverso.api.CancelledException;
import org.inverso.api.InversoException;
import org.inverso.api.PhotoException;
import org.inverso.api.Progress;
import org.inverso.api.SegmenterModels.InstalledModel;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real ONNX Runtime, on small models that are written here. */
class OnnxSegmenterTest {

    @TempDir private static Path cache;

    @TempDir private Path folder;

    private OnnxSegmenter segmenter;

    @BeforeEach
    void create() {
        segmenter = segmenter(OnnxSettings.DEFAULT);
    }

    @Test
    void acceptsNothingWithoutAModel() {
        assertThat(segmenter.accepts(redDisc())).isFalse();
        assertThat(segmenter.health()).contains("inverso:segmenter install");
        assertThat(segmenter.installed()).isEmpty();
    }

    @Test
    void cutsOutWhatTheModelFinds() throws IOException {
        segmenter.install(redness("red.onnx", 64));
        assertThat(segmenter.accepts(redDisc())).isTrue();
        assertThat(segmenter.health()).isEqualTo("ok");
        Matte matte = segmenter.segment(redDisc(), Progress.NONE);
        assertThat(matte.segmenterId()).isEqualTo("onnx");
        assertThat(matte.alpha().width()).isEqualTo(120);
        assertThat(matte.alpha().height()).isEqualTo(90);
        assertThat(matte.alpha().get(50, 40)).isCloseTo(1, within(1e-3f));
        assertThat(matte.alpha().get(5, 5)).isCloseTo(0, within(1e-3f));
        // The small red square is no part of the object.
        assertThat(matte.alpha().get(110, 80)).isZero();
        double area = 0;
        for (float value : matte.alpha().values()) {
            area += value;
        }
        assertThat(area).isCloseTo(Math.PI * 25 * 25, within(40.0));
    }

    @Test
    void normalizesAsTheModelWants() throws IOException {
        // The sigmoid of the red channel as it enters the network, at three levels of grey.
        Path model = model("gray.onnx", OnnxFile.mattingModel(0, 1, 0, 0, 0));
        Image image = Image.blank(120, 1);
        int[] levels = {0, 100, 200};
        for (int i = 0; i < 480; i++) {
            image.rgba()[i] = (byte) (i % 4 == 3 ? 255 : levels[i / 160]);
        }
        Photo photo = new Photo("levels", "", image, false, Optional.empty());
        for (Normalization normalization : Normalization.values()) {
            OnnxSettings settings =
                    new OnnxSettings(model.toString(), Optional.of(normalization), 0, 1);
            float[] alpha = segmenter(settings).segment(photo, Progress.NONE).alpha().values();
            double[] expected = new double[3];
            for (int i = 0; i < 3; i++) {
                double x = (levels[i] / 200.0 - normalization.mean(0)) / normalization.deviation(0);
                expected[i] = 1 / (1 + Math.exp(-x));
            }
            double middle = (expected[1] - expected[0]) / (expected[2] - expected[0]);
            assertThat(alpha[60]).as("%s", normalization).isCloseTo((float) middle, within(1e-3f));
        }
    }

    @Test
    void knowsModelsBySizeAndName() throws IOException {
        assertThat(segmenter.install(redness("a.onnx", 1024)).format())
                .isEqualTo("isnet 1024x1024");
        assertThat(segmenter.install(redness("b.onnx", 320)).format()).isEqualTo("u2net 320x320");
        assertThat(segmenter.install(redness("c.onnx", 0)).format()).isEqualTo("u2net 320x320");
        assertThat(segmenter.install(redness("isnet-d.onnx", 0)).format())
                .isEqualTo("isnet 1024x1024");
    }

    @Test
    void installedModelsOutliveTheProcess() throws Exception {
        Path file = redness("first.onnx", 64);
        InstalledModel first = segmenter.install(file);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(first)
                .isEqualTo(
                        new InstalledModel(
                                "first",
                                HexFormat.of()
                                        .formatHex(
                                                MessageDigest.getInstance("SHA-256").digest(bytes)),
                                bytes.length,
                                "u2net 64x64"));
        InstalledModel second = segmenter.install(blueness("second.onnx"));
        Files.delete(file);
        OnnxSegmenter later = segmenter(OnnxSettings.DEFAULT);
        assertThat(later.installed()).containsExactly(first, second);
        // The last one is in use: red is now what stands out least.
        assertThat(later.segment(redDisc(), Progress.NONE).alpha().get(50, 40)).isZero();
        later.configure(new OnnxSettings("first", Optional.empty(), 0.3, 1));
        assertThat(later.segment(redDisc(), Progress.NONE).alpha().get(50, 40))
                .isCloseTo(1, within(1e-3f));
    }

    @Test
    void refusesWhatIsNoModelAndKeepsTheOldOne() throws IOException {
        InstalledModel good = segmenter.install(redness("good.onnx", 64));
        assertRefused(folder.resolve("none.onnx"), "is not a file");
        assertRefused(
                model("text.onnx", "no model".getBytes(StandardCharsets.UTF_8)),
                "is not an ONNX model that can be run");
        assertRefused(model("four.onnx", OnnxFile.modelWithChannels(4)), "[1, 3, height, width]");
        assertThat(segmenter.installed()).containsExactly(good);
        assertThat(segmenter.segment(redDisc(), Progress.NONE).alpha().get(50, 40))
                .isCloseTo(1, within(1e-3f));
        try (Stream<Path> files = Files.list(folder.resolve("models"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("good.onnx", "segmenters.properties");
        }
    }

    @Test
    void refusesAnInstalledFileThatWasChanged() throws IOException {
        segmenter.install(redness("good.onnx", 64));
        Files.write(folder.resolve("models/good.onnx"), OnnxFile.mattingModel(64, -9, 9, 9, 0));
        assertThatThrownBy(() -> segmenter.segment(redDisc(), Progress.NONE))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("is not the file that was installed");
        Files.delete(folder.resolve("models/good.onnx"));
        assertThatThrownBy(() -> segmenter.segment(redDisc(), Progress.NONE))
                .hasMessageContaining("is gone");
    }

    @Test
    void aConfiguredModelThatIsMissingIsAnError() throws IOException {
        OnnxSegmenter configured =
                segmenter(new OnnxSettings("no-such-model", Optional.empty(), 0.3, 1));
        assertThat(configured.accepts(redDisc())).isTrue();
        assertThatThrownBy(() -> configured.segment(redDisc(), Progress.NONE))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("'no-such-model'")
                .hasMessageContaining("neither installed nor a file");
        Path file = redness("other.onnx", 64);
        assertThatThrownBy(() -> configured.install(file)).hasMessageContaining("fixes the model");
    }

    @Test
    void saysWhenNothingStandsOut() throws IOException {
        segmenter.install(redness("red.onnx", 64));
        Image gray = Image.blank(40, 30);
        Arrays.fill(gray.rgba(), (byte) 90);
        Photo photo = new Photo("gray.png", "", gray, false, Optional.empty());
        assertThatThrownBy(() -> segmenter.segment(photo, Progress.NONE))
                .isInstanceOfSatisfying(
                        PhotoException.class,
                        e -> assertThat(e.reason()).isEqualTo(PhotoException.Reason.NO_OBJECT))
                .hasMessageContaining("gray.png");
    }

    @Test
    void modelsAreExchangedUnderLoad() throws Exception {
        Path red = redness("red.onnx", 64);
        Path blue = blueness("blue.onnx");
        segmenter.install(red);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<Matte> work = () -> segmenter.segment(redDisc(), Progress.NONE);
            List<Future<Matte>> mattes =
                    Stream.generate(() -> threads.submit(work)).limit(60).toList();
            for (int i = 0; i < 6; i++) {
                segmenter.install(i % 2 == 0 ? blue : red);
            }
            for (Future<Matte> matte : mattes) {
                assertThat(matte.get().alpha().get(50, 40)).isIn(0f, 1f);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void stopsWhenCancelled() throws IOException {
        segmenter.install(redness("red.onnx", 64));
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {}

                    @Override
                    public boolean cancelled() {
                        return true;
                    }
                };
        assertThatThrownBy(() -> segmenter.segment(redDisc(), cancelled))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> OnnxSettings.normalization("rgb"))
                .hasMessageContaining("auto, isnet or u2net");
        assertThatThrownBy(() -> new OnnxSettings("", Optional.empty(), 2, 0))
                .hasMessageContaining("keepFraction");
        assertThatThrownBy(() -> new OnnxSettings("", Optional.empty(), 0, -1))
                .hasMessageContaining("threads");
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> segmenter.install(file))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private OnnxSegmenter segmenter(OnnxSettings settings) {
        return new OnnxSegmenter(folder.resolve("models"), cache, settings);
    }

    /** Finds what is red. */
    private Path redness(String name, int side) throws IOException {
        return model(name, OnnxFile.mattingModel(side, 20, -20, -20, -20));
    }

    /** Finds what is blue. */
    private Path blueness(String name) throws IOException {
        return model(name, OnnxFile.mattingModel(64, -20, -20, 20, -20));
    }

    private Path model(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /** A red disc of radius 25 on blue, and a small red square in the corner. */
    private static Photo redDisc() {
        Image image = Image.blank(120, 90);
        for (int y = 0; y < 90; y++) {
            for (int x = 0; x < 120; x++) {
                boolean red = Math.hypot(x + 0.5 - 50, y + 0.5 - 40) < 25 || x >= 106 && y >= 76;
                int at = 4 * (y * 120 + x);
                image.rgba()[at + (red ? 0 : 2)] = (byte) 255;
                image.rgba()[at + 3] = (byte) 255;
            }
        }
        return new Photo("disc.png", "", image, false, Optional.empty());
    }
}
