/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inverso.api.CancelledException;
import org.inverso.api.CategoryException;
import org.inverso.api.Encoder;
import org.inverso.api.Exporter;
import org.inverso.api.Inpainter;
import org.inverso.api.InversoException;
import org.inverso.api.LatentCode;
import org.inverso.api.PhotoException;
import org.inverso.api.Picture;
import org.inverso.api.Progress;
import org.inverso.api.Recognition;
import org.inverso.api.Recognizer;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport.StageRun;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Refiner;
import org.inverso.api.Segmenter;
import org.inverso.api.StageUnavailableException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.joml.Matrix4f;
import org.joml.Vector4f;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private final List<String> calls = new ArrayList<>();
    private final FakeStages fakes = new FakeStages(calls::add);
    private final Pipeline pipeline = new Pipeline(PipelineSettings.DEFAULTS);

    private static ReconstructionRequest request() {
        return ReconstructionRequest.of("photo.jpg", FakeStages.photo(100, 60));
    }

    private static ReconstructionRequest request(String category, String... formats) {
        return new ReconstructionRequest(
                "photo.jpg",
                FakeStages.photo(100, 60),
                Optional.empty(),
                category,
                List.of(formats),
                5,
                64,
                42);
    }

    private static ReconstructionRequest withMask(byte[] mask) {
        return new ReconstructionRequest(
                "photo.jpg",
                FakeStages.photo(100, 60),
                Optional.of(mask),
                "auto",
                List.of("glb"),
                5,
                64,
                0);
    }

    private Reconstruction run(ReconstructionRequest request) {
        return pipeline.run(request, StageSet.of(fakes.all()), Progress.NONE);
    }

    @Test
    void stagesWorkInOrderOnWhatTheOneBeforeGave() {
        Reconstruction result = run(request());

        assertThat(calls)
                .containsExactly(
                        "decode photo.jpg",
                        "segment square",
                        "recognize",
                        "crop 128",
                        "encode cnn",
                        "disentangle cnn",
                        "refine",
                        "build 1024",
                        "rasterize",
                        "export glb",
                        "paint",
                        "png");
        assertThat(result.files()).containsOnlyKeys("glb");
        assertThat(result.files().get("glb")).asString().isEqualTo("glb");
        assertThat(result.previewPng()).containsExactly(3);
    }

    @Test
    void cameraOfTheReportTakesTheAssetToItsPlaceInTheWholePhoto() {
        Reconstruction result = run(request());

        // The object covers x 30..70 and y 10..50 of 100 x 60 pixels.
        Vector4f corner =
                new Matrix4f(result.report().projection())
                        .mul(result.report().view())
                        .transform(new Vector4f(2, 2, 0, 1));
        assertThat(corner.x / corner.w).isCloseTo(2 * 70 / 100f - 1, within(1e-5f));
        assertThat(corner.y / corner.w).isCloseTo(1 - 2 * 10 / 60f, within(1e-5f));
        assertThat(result.report().maskIou()).isEqualTo(1.0);
        assertThat(result.report().azimuthDeg()).isCloseTo(0, within(1e-4));
        assertThat(result.report().elevationDeg()).isCloseTo(0, within(1e-4));
        assertThat(result.report().fovYDeg())
                .isCloseTo(2 * Math.toDegrees(Math.atan(60 / 50.0 / 2)), within(1e-4));
        assertThat(result.report().warnings()).isEmpty();
    }

    @Test
    void poorFitIsMeasuredAndWarnedAbout() {
        fakes.halfSide = FakeStages.EXACT_HALF_SIDE / 2;

        Reconstruction result = run(request());

        assertThat(result.report().maskIou()).isCloseTo(0.25, within(1e-9));
        assertThat(result.report().warnings()).singleElement().asString().contains("0.25");
    }

    @Test
    void reportNamesEveryStageThatWorkedOnce() {
        Reconstruction result = run(request());

        assertThat(result.report().stages())
                .extracting(StageRun::kind)
                .containsExactly(
                        "imaging",
                        "segmenter",
                        "recognizer",
                        "encoder",
                        "disentangler",
                        "refiner",
                        "assetBuilder",
                        "differentiableRasterizer",
                        "exporter",
                        "previewPainter");
        assertThat(result.report().stages())
                .allSatisfy(
                        stage -> {
                            assertThat(stage.version()).isEqualTo(StageSet.UNVERSIONED);
                            assertThat(stage.device()).isEqualTo("cpu");
                            assertThat(stage.millis()).isNotNegative();
                        });
    }

    @Test
    void reportJsonHasItsFieldsInOrder() throws Exception {
        Reconstruction result = run(request("car", "glb"));

        JsonNode json = new ObjectMapper().readTree(result.reportJson());
        assertThat(names(json))
                .containsExactly(
                        "category",
                        "confidence",
                        "camera",
                        "maskIou",
                        "seconds",
                        "stages",
                        "parts",
                        "clips",
                        "input",
                        "model",
                        "seed",
                        "warnings");
        assertThat(names(json.get("camera")))
                .containsExactly(
                        "viewMatrix", "projectionMatrix", "azimuthDeg", "elevationDeg", "fovYDeg");
        assertThat(json.at("/category").asText()).isEqualTo("car");
        assertThat(json.at("/confidence").asDouble()).isEqualTo(0.9);
        assertThat(json.at("/camera/viewMatrix")).hasSize(16);
        // Column-major: the camera's distance stands in the last column.
        assertThat(json.at("/camera/viewMatrix/14").floatValue()).isEqualTo(-5);
        assertThat(json.at("/camera/projectionMatrix/11").floatValue()).isEqualTo(-1);
        assertThat(names(json.at("/stages/0")))
                .containsExactly("kind", "id", "version", "device", "millis");
        assertThat(json.at("/parts/0").asText()).isEqualTo("lower");
        assertThat(json.at("/clips/0").asText()).isEqualTo("drive");
        assertThat(json.at("/input/sha256").asText()).isEqualTo("sha-of-100x60");
        assertThat(json.at("/input/width").asInt()).isEqualTo(100);
        assertThat(json.at("/model/category version").asText()).isEqualTo("7");
        assertThat(json.at("/model/sha256").asText()).isEqualTo("sha-of-car");
        assertThat(json.at("/seed").asLong()).isEqualTo(42);
        assertThat(result.reportJson()).doesNotContain("\r").endsWith("}\n");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void firstSegmenterThatAcceptsDoesTheWork() {
        StageSet stages =
                StageSet.of(
                        fakes.allBut(
                                Segmenter.class,
                                fakes.segmenter("alpha", false),
                                fakes.segmenter("net", true),
                                fakes.segmenter("last", true)));

        Reconstruction result = pipeline.run(request(), stages, Progress.NONE);

        assertThat(calls).contains("segment net").doesNotContain("segment alpha", "segment last");
        assertThat(result.report().stages())
                .filteredOn(stage -> stage.kind().equals("segmenter"))
                .singleElement()
                .extracting(StageRun::id)
                .isEqualTo("net");
    }

    @Test
    void photoThatNoSegmenterAcceptsFails() {
        StageSet stages =
                StageSet.of(fakes.allBut(Segmenter.class, fakes.segmenter("alpha", false)));

        assertThatThrownBy(() -> pipeline.run(request(), stages, Progress.NONE))
                .isInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("photo.jpg")
                .hasMessageContaining("alpha");
    }

    @Test
    void maskOfTheUserReachesTheSegmenter() {
        // The whole photo is white in this mask, so the object fills and touches everything.
        Reconstruction result = run(withMask(FakeStages.photo(100, 60)));

        assertThat(calls).contains("decode mask of photo.jpg");
        assertThat(result.report().warnings()).anyMatch(w -> w.contains("border"));
    }

    /** Cuts out rectangles. */
    private static Segmenter rectangles(int[]... boxes) {
        return new Segmenter() {
            @Override
            public String id() {
                return "rectangles";
            }

            @Override
            public boolean accepts(Photo photo) {
                return true;
            }

            @Override
            public Matte segment(Photo photo, Progress progress) {
                float[] alpha = new float[photo.width() * photo.height()];
                for (int[] box : boxes) {
                    for (int y = box[1]; y < box[3]; y++) {
                        Arrays.fill(alpha, y * 100 + box[0], y * 100 + box[2], 1);
                    }
                }
                return new Matte(new Plane(photo.width(), photo.height(), alpha), id());
            }
        };
    }

    private List<String> warningsWith(Segmenter segmenter) {
        return pipeline.run(
                        request(),
                        StageSet.of(fakes.allBut(Segmenter.class, segmenter)),
                        Progress.NONE)
                .report()
                .warnings();
    }

    @Test
    void anUnsureRecognizerIsWarnedAbout() {
        fakes.recognition = new Recognition(Map.of("car", 0.4, "none", 0.6));
        assertThat(run(request()).report().warnings())
                .anyMatch(w -> w.contains("not sure") && w.contains("car 40 %"));
        fakes.recognition = new Recognition(Map.of("car", 0.6, "none", 0.4));
        assertThat(run(request()).report().warnings()).noneMatch(w -> w.contains("not sure"));
    }

    @Test
    void ofSeveralObjectsTheLargestIsTaken() {
        assertThat(warningsWith(rectangles(new int[] {2, 10, 42, 50}, new int[] {60, 10, 98, 50})))
                .anyMatch(w -> w.contains("2 objects"))
                .noneMatch(w -> w.contains("border"));
        assertThat(warningsWith(rectangles(new int[] {2, 10, 42, 50}, new int[] {60, 10, 70, 20})))
                .noneMatch(w -> w.contains("objects"));
    }

    @Test
    void aTinyObjectIsWarnedAbout() {
        assertThat(warningsWith(rectangles(new int[] {40, 20, 60, 40})))
                .anyMatch(w -> w.contains("only 20 pixels"));
    }

    @Test
    void maskOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> run(withMask(FakeStages.photo(50, 60))))
                .isExactlyInstanceOf(InversoException.class)
                .hasMessageContaining("50 x 60")
                .hasMessageContaining("100 x 60");
    }

    @Test
    void emptyMatteMeansNoObject() {
        Segmenter blind =
                new Segmenter() {
                    @Override
                    public String id() {
                        return "blind";
                    }

                    @Override
                    public boolean accepts(Photo photo) {
                        return true;
                    }

                    @Override
                    public Matte segment(Photo photo, Progress progress) {
                        return new Matte(new Plane(2, 2, new float[4]), "blind");
                    }
                };
        StageSet stages = StageSet.of(fakes.allBut(Segmenter.class, blind));

        assertThatThrownBy(() -> pipeline.run(request(), stages, Progress.NONE))
                .isInstanceOfSatisfying(
                        PhotoException.class,
                        e -> assertThat(e.reason()).isEqualTo(PhotoException.Reason.NO_OBJECT))
                .hasMessageContaining("blind");
    }

    @Test
    void unsureRecognitionIsRefusedWithAWayOut() {
        fakes.recognition = new Recognition(Map.of("car", 0.03, "none", 0.95, "horse", 0.02));

        assertThatThrownBy(() -> run(request()))
                .isInstanceOfSatisfying(
                        PhotoException.class,
                        e -> assertThat(e.reason()).isEqualTo(PhotoException.Reason.NOT_RECOGNIZED))
                .hasMessageContaining("none 95 %, car 3 %, horse 2 %")
                .hasMessageContaining("--category");
        assertThat(calls).doesNotContain("encode cnn");
    }

    @Test
    void noneOfTheCategoriesIsRefusedHoweverSure() {
        fakes.recognition = new Recognition(Map.of("car", 0.01, "none", 0.99));

        assertThatThrownBy(() -> run(request())).isInstanceOf(PhotoException.class);
    }

    @Test
    void givenCategoryOverrulesTheRecognizerAndSaysSo() {
        fakes.recognition = new Recognition(Map.of("car", 0.2, "horse", 0.8));

        Reconstruction result = run(request("car", "glb"));

        assertThat(result.report().confidence()).isEqualTo(0.2);
        assertThat(result.report().warnings()).singleElement().asString().contains("horse 80 %");
    }

    @Test
    void givenCategoryNeedsNoRecognizer() throws Exception {
        StageSet stages = StageSet.of(fakes.allBut(Recognizer.class));

        Reconstruction result = pipeline.run(request("car", "glb"), stages, Progress.NONE);

        assertThat(result.report().confidence()).isNaN();
        JsonNode json = new ObjectMapper().readTree(result.reportJson());
        assertThat(json.get("confidence").isNull()).isTrue();
        assertThatThrownBy(() -> pipeline.run(request(), stages, Progress.NONE))
                .isInstanceOfSatisfying(
                        StageUnavailableException.class,
                        e -> assertThat(e.kind()).isEqualTo("Recognizer"));
    }

    @Test
    void recognizedCategoryThatIsNotInstalledIsNamed() {
        fakes.recognition = new Recognition(Map.of("horse", 0.9, "none", 0.1));

        assertThatThrownBy(() -> run(request()))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("'horse'")
                .hasMessageContaining("installed: car");
    }

    @Test
    void categoryIsToldAsSoonAsItIsKnown() {
        List<String> told = new ArrayList<>();
        StageSet stages =
                StageSet.of(
                        fakes.allBut(
                                CategoryModel.class,
                                fakes.category("horse"),
                                fakes.category("car")));

        pipeline.run(request(), stages, Progress.NONE, c -> told.add(c.id() + calls.size()));

        assertThat(told).containsExactly("car3");
    }

    @Test
    void everyFormatIsWritten() {
        StageSet stages =
                StageSet.of(
                        fakes.allBut(
                                Exporter.class, fakes.exporter("glb"), fakes.exporter("usdz")));

        Reconstruction result = pipeline.run(request("car", "usdz", "glb"), stages, Progress.NONE);

        assertThat(result.files()).containsOnlyKeys("usdz", "glb");
        assertThatThrownBy(() -> pipeline.run(request("car", "obj"), stages, Progress.NONE))
                .isInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("'obj'");
    }

    @Test
    void aFormatOfSeveralFilesLearnsTheirNameFromThePhoto() {
        StageSet stages =
                StageSet.of(
                        fakes.allBut(
                                Exporter.class,
                                fakes.exporter("obj", Map.of("mtl", "m", "png0", "p")),
                                fakes.exporter("usda", Map.of("png0", "p"))));
        ReconstructionRequest request =
                ReconstructionRequest.of("photos/red.car.jpg", FakeStages.photo(100, 60));

        Reconstruction result =
                pipeline.run(withFormats(request, "obj", "usda"), stages, Progress.NONE);

        assertThat(result.files()).containsOnlyKeys("obj", "mtl", "png0", "usda");
        assertThat(result.files().get("obj")).asString().isEqualTo("obj of red.car");
        assertThat(result.files().get("mtl")).asString().isEqualTo("m");
    }

    @Test
    void formatsThatWriteDifferentFilesOfOneNameAreRefused() {
        StageSet stages =
                StageSet.of(
                        fakes.allBut(
                                Exporter.class,
                                fakes.exporter("obj", Map.of("png0", "p")),
                                fakes.exporter("usda", Map.of("png0", "q"))));

        assertThatThrownBy(() -> pipeline.run(request("car", "obj", "usda"), stages, Progress.NONE))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("two formats of obj, usda both write a file .png0");
    }

    @Test
    void picturesAreDrawnWhenTheyAreAskedFor() {
        ReconstructionRequest request =
                new ReconstructionRequest(
                        "photo.jpg",
                        FakeStages.photo(100, 60),
                        Optional.empty(),
                        "car",
                        List.of("glb"),
                        5,
                        64,
                        0,
                        Set.of(Picture.POSTER, Picture.TURNTABLE_GIF, Picture.TURNTABLE_WEBP));

        assertThat(run(request).files().keySet())
                .contains("glb", "poster.png", "turntable.gif", "turntable.webp");
        assertThat(calls)
                .contains("poster 1024x614", "turntable", "animation 48 GIF", "animation 48 WEBP");
        calls.clear();
        assertThat(run(request("car", "glb")).files()).containsOnlyKeys("glb");
        assertThat(calls).doesNotContain("turntable");
    }

    @Test
    void theBackgroundIsPaintedWhenItIsAskedFor() {
        assertThat(run(backgroundRequest()).files().keySet())
                .containsExactlyInAnyOrder("glb", "background.jpg");
        assertThat(calls).contains("inpaint", "jpeg 100x60");
        calls.clear();
        run(request("car", "glb"));
        assertThat(calls).doesNotContain("inpaint");
    }

    @Test
    void aPhotoWithoutBackgroundIsStillReconstructed() {
        Reconstruction result =
                pipeline.run(
                        backgroundRequest(),
                        StageSet.of(fakes.allBut(Inpainter.class, fakes.inpainter(false))),
                        Progress.NONE);

        assertThat(result.files()).containsOnlyKeys("glb");
        assertThat(result.report().warnings()).anyMatch(w -> w.contains("too little background"));
    }

    @Test
    void withoutAnInpainterTheRequestSaysWhatIsMissing() {
        StageSet set = StageSet.of(fakes.allBut(Inpainter.class));
        assertThatThrownBy(() -> pipeline.run(backgroundRequest(), set, Progress.NONE))
                .isInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("no Inpainter");
    }

    private static ReconstructionRequest backgroundRequest() {
        return new ReconstructionRequest(
                "photo.jpg",
                FakeStages.photo(100, 60),
                Optional.empty(),
                "car",
                List.of("glb"),
                5,
                64,
                0,
                Set.of(Picture.BACKGROUND));
    }

    @Test
    void shapeKeysAreKeptWhenTheyAreAskedFor() {
        run(
                new ReconstructionRequest(
                        "photo.jpg",
                        FakeStages.photo(100, 60),
                        Optional.empty(),
                        "car",
                        List.of("glb"),
                        5,
                        64,
                        0,
                        Set.of(),
                        true));

        assertThat(calls).contains("build 64 with shape keys");
    }

    private static ReconstructionRequest withFormats(
            ReconstructionRequest request, String... formats) {
        return new ReconstructionRequest(
                request.name(),
                request.photo(),
                request.mask(),
                request.category(),
                List.of(formats),
                request.refineMillis(),
                request.textureSize(),
                request.seed());
    }

    @Test
    void brokenStageIsNamedInTheFailure() {
        Encoder broken =
                new Encoder() {
                    @Override
                    public String id() {
                        return "broken";
                    }

                    @Override
                    public LatentCode encode(Crop crop, CategoryModel category) {
                        throw new ArrayIndexOutOfBoundsException("boom");
                    }
                };
        StageSet stages = StageSet.of(fakes.allBut(Encoder.class, broken));

        assertThatThrownBy(() -> pipeline.run(request(), stages, Progress.NONE))
                .isExactlyInstanceOf(InversoException.class)
                .hasMessageContaining("photo.jpg: Encoder 'broken' failed")
                .hasMessageContaining("boom")
                .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void errorsForTheUserPassUnchanged() {
        ReconstructionRequest bad =
                ReconstructionRequest.of("notes.txt", new byte[] {'h', 'e', 'l', 'l', 'o'});

        assertThatThrownBy(() -> run(bad))
                .isInstanceOf(PhotoException.class)
                .hasMessage("notes.txt: not a picture");
    }

    @Test
    void cancelledRequestStopsBeforeTheNextStage() {
        Progress cancelledOnceEncoded =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {}

                    @Override
                    public boolean cancelled() {
                        return calls.contains("encode cnn");
                    }
                };

        assertThatThrownBy(
                        () ->
                                pipeline.run(
                                        request(), StageSet.of(fakes.all()), cancelledOnceEncoded))
                .isInstanceOf(CancelledException.class);
        assertThat(calls).endsWith("encode cnn");
    }

    @Test
    void progressGoesForwardOnly() {
        List<Double> fractions = Collections.synchronizedList(new ArrayList<>());
        Progress progress =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {
                        fractions.add(fraction);
                    }

                    @Override
                    public boolean cancelled() {
                        return false;
                    }
                };

        pipeline.run(request(), StageSet.of(fakes.all()), progress);

        assertThat(fractions).isSorted().allMatch(f -> f >= 0 && f <= 1);
        assertThat(fractions.get(fractions.size() - 1)).isGreaterThan(0.9);
    }

    @Test
    void setWithoutANeededStageNamesIt() {
        assertThatThrownBy(() -> StageSet.of(fakes.allBut(Refiner.class)))
                .isInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("Refiner");
    }
}
