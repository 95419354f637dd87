/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Session;
import org.inverso.api.Imaging;
import org.inverso.api.InversoException;
import org.inverso.api.Job;
import org.inverso.api.PhotoException;
import org.inverso.api.Picture;
import org.inverso.api.Progress;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.api.asset.Asset;
import org.inverso.api.editing.AssetEdit;
import org.inverso.api.editing.AssetEditor;
import org.inverso.api.editing.SceneEdit;
import org.inverso.api.editing.SceneEditor;
import org.inverso.api.image.Image;
import org.joml.Matrix4f;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** {@code check} and {@code edit} with an editor that only says what it was asked for. */
class AssetCommandsTest {
    private static final Asset ASSET =
            new Asset("car", List.of(), List.of(), List.of(), List.of(), List.of(), Map.of());
    private static final byte[] JPEG = {-1, -40, -1, -32};

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<AssetEdit> edits = new ArrayList<>();
    private final List<byte[]> edited = new ArrayList<>();
    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        folder.resolve("framework").toString()));
        framework.start();
        framework
                .getBundleContext()
                .registerService(
                        AssetEditor.class,
                        new AssetEditor() {
                            @Override
                            public List<Finding> check(String name, byte[] glb, int budget) {
                                if (glb.length == 0) {
                                    throw new InversoException(name + ": is empty");
                                }
                                return List.of(
                                        new Finding("scale", true, "1 m"),
                                        new Finding(
                                                "triangles",
                                                glb.length <= budget,
                                                glb.length + " of " + budget));
                            }

                            @Override
                            public Edited edit(String name, byte[] glb, AssetEdit edit) {
                                edits.add(edit);
                                edited.add(glb);
                                return new Edited(
                                        Map.of("glb", new byte[] {7}), List.of("left out: a hat"));
                            }
                        },
                        null);
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void checkTellsOneLineEachAndFailsWhenOneIsBad() throws Exception {
        file("a.glb", 5);
        assertThat(run(new CheckCommand(), "files", "a.glb")).isZero();
        assertThat(output())
                .containsExactly("ok  a.glb: scale: 1 m", "ok  a.glb: triangles: 5 of 20000");
        assertThat(run(new CheckCommand(), "files", "a.glb", "--triangles", "4"))
                .isEqualTo(FailedException.FAILED);
        assertThat(output()).endsWith("bad a.glb: triangles: 5 of 4");
    }

    @Test
    void aFileThatCannotBeCheckedFailsAlone() throws Exception {
        file("a.glb", 5);
        file("empty.glb", 0);
        assertThat(run(new CheckCommand(), "files", "missing.glb", "empty.glb", "a.glb"))
                .isEqualTo(FailedException.FAILED);
        assertThat(errors())
                .containsExactly(
                        "inverso: missing.glb: there is no such file",
                        "inverso: empty.glb: is empty");
        assertThat(output()).hasSize(2);
    }

    @Test
    void editPassesOnWhatIsWanted() throws Exception {
        file("in/a.glb", 5);
        int status =
                run(
                        new EditCommand(),
                        "assets",
                        "in/a.glb",
                        "--paint",
                        "#aa0010",
                        "--variant",
                        "red",
                        "--clip",
                        "walk, idle",
                        "--lights",
                        "on",
                        "--scale",
                        "0.5",
                        "--texture-size",
                        "512",
                        "--lod",
                        "3000,1000");
        assertThat(status).isZero();
        assertThat(edits)
                .containsExactly(
                        new AssetEdit(
                                OptionalInt.of(0xaa0010),
                                Optional.of("red"),
                                List.of("walk", "idle"),
                                Optional.of(true),
                                OptionalDouble.of(0.5),
                                OptionalDouble.empty(),
                                OptionalInt.of(512),
                                List.of(3000, 1000)));
        assertThat(folder.resolve("out/a.glb")).hasBinaryContent(new byte[] {7});
        assertThat(output()).containsExactly("ok in/a.glb -> out/a.{glb}", "   left out: a hat");
    }

    @Test
    void editRefusesWhatMakesNoSense() throws Exception {
        file("a.glb", 5);
        file("out/a.glb", 5);
        for (String[] wrong :
                new String[][] {
                    {"a.glb", "--paint", "reddish"},
                    {"a.glb", "--lights", "dim"},
                    {"a.glb", "--scale", "0"},
                    {"a.glb", "--scale", "2", "--length", "3"},
                    {"a.glb", "--lod", "300,3000"},
                    {"a.glb", "--lod", "few"},
                    {"a.glb", "--hat", "on"},
                    {"out/a.glb"},
                    {"a.glb", "out/a.glb"}
                }) {
            assertThat(run(new EditCommand(), "assets", wrong))
                    .as(String.join(" ", wrong))
                    .isEqualTo(FailedException.USAGE);
        }
        assertThat(errors()).hasSize(9).allMatch(line -> line.startsWith("inverso: "));
        assertThat(edits).isEmpty();
    }

    @Test
    void aPhotoIsReconstructedFirst() throws Exception {
        Files.write(folder.resolve("a.jpg"), JPEG);
        List<ReconstructionRequest> requests = new ArrayList<>();
        reconstructor(
                request -> {
                    requests.add(request);
                    return reconstruction(new byte[] {1, 2, 3});
                });

        assertThat(run(new EditCommand(), "assets", "a.jpg", "--paint", "#aa0010")).isZero();
        assertThat(requests)
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(ReconstructionRequest.of("a.jpg", JPEG));
        assertThat(edited).containsExactly(new byte[] {1, 2, 3});
        assertThat(edits).extracting(AssetEdit::paint).containsExactly(OptionalInt.of(0xaa0010));
        assertThat(folder.resolve("out/a.glb")).hasBinaryContent(new byte[] {7});
        assertThat(output())
                .containsExactly("ok a.jpg -> out/a.{glb}", "   it is small", "   left out: a hat");
    }

    @Test
    void aPhotoThatCannotBeUsedIsNotEdited() throws Exception {
        Files.write(folder.resolve("a.jpg"), JPEG);
        reconstructor(
                request -> {
                    throw new PhotoException(PhotoException.Reason.DAMAGED, "a.jpg: is cut off");
                });

        assertThat(run(new EditCommand(), "assets", "a.jpg")).isEqualTo(FailedException.FAILED);
        assertThat(errors()).containsExactly("inverso: a.jpg: is cut off");
        assertThat(edits).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anInterruptCancelsTheReconstruction() throws Exception {
        Files.write(folder.resolve("a.jpg"), JPEG);
        FakeJob job = new FakeJob(new CompletableFuture<>(), new AtomicBoolean());
        framework
                .getBundleContext()
                .registerService(
                        Reconstructor.class,
                        request -> {
                            Thread.currentThread().interrupt();
                            return job;
                        },
                        null);

        assertThat(run(new EditCommand(), "assets", "a.jpg")).isEqualTo(FailedException.CANCELLED);
        assertThat(job.cancelled()).isTrue();
        assertThat(errors()).containsExactly("inverso: cancelled");
    }

    private List<SceneEdit> sceneEditor() {
        List<SceneEdit> scenes = new ArrayList<>();
        framework
                .getBundleContext()
                .registerService(
                        SceneEditor.class,
                        new SceneEditor() {
                            @Override
                            public Image read(String name, byte[] picture) {
                                return Image.blank(picture.length, 1);
                            }

                            @Override
                            public byte[] picture(SceneEdit edit, Progress progress) {
                                scenes.add(edit);
                                return new byte[] {8};
                            }

                            @Override
                            public byte[] spin(
                                    SceneEdit edit,
                                    Imaging.AnimationFormat format,
                                    Progress progress) {
                                scenes.add(edit);
                                return format.name().getBytes(StandardCharsets.US_ASCII);
                            }
                        },
                        null);
        return scenes;
    }

    private void photos(String... names) throws Exception {
        for (String name : names) {
            Files.write(folder.resolve(name), JPEG);
        }
    }

    @Test
    void aPictureTakesItsPartsFromSeveralPhotos() throws Exception {
        photos("a.jpg", "b.jpg", "c.jpg", "d.jpg");
        List<SceneEdit> scenes = sceneEditor();
        List<ReconstructionRequest> requests = new ArrayList<>();
        Map<String, Reconstruction> made = new HashMap<>();
        reconstructor(
                request -> {
                    requests.add(request);
                    return made.computeIfAbsent(
                            request.name(), name -> withBackground(name.charAt(0) - 'a' + 1));
                });

        assertThat(
                        run(
                                new EditCommand(),
                                "assets",
                                "a.jpg",
                                "--azimuth",
                                "40",
                                "--elevation",
                                "-10",
                                "--shape-from",
                                "b.jpg",
                                "--texture-from",
                                "c.jpg",
                                "--background-from",
                                "d.jpg",
                                "-o",
                                "pictures/e.png"))
                .isZero();
        SceneEdit scene = scenes.get(0);
        assertThat(scene.camera()).isSameAs(made.get("a.jpg"));
        assertThat(scene.shape()).isSameAs(made.get("b.jpg"));
        assertThat(scene.texture()).isSameAs(made.get("c.jpg"));
        assertThat(scene.background().width()).isEqualTo(4);
        assertThat(scene.azimuthDeg()).hasValue(40);
        assertThat(scene.elevationDeg()).hasValue(-10);
        assertThat(scene.shadow()).isTrue();
        assertThat(folder.resolve("pictures/e.png")).hasBinaryContent(new byte[] {8});
        // The others have to show what the first one shows.
        assertThat(requests)
                .extracting(ReconstructionRequest::category)
                .containsExactly("auto", "car", "car", "car");
        assertThat(output().get(0)).isEqualTo("ok a.jpg -> pictures/e.png");
    }

    @Test
    void aPhotoThatIsNamedTwiceIsReconstructedOnce() throws Exception {
        photos("a.jpg", "b.jpg");
        List<SceneEdit> scenes = sceneEditor();
        List<String> names = new ArrayList<>();
        reconstructor(
                request -> {
                    names.add(request.name());
                    return withBackground(3);
                });

        assertThat(
                        run(
                                new EditCommand(),
                                "assets",
                                "a.jpg",
                                "--shape-from",
                                "b.jpg",
                                "--texture-from",
                                "b.jpg",
                                "--no-shadow"))
                .isZero();
        assertThat(names).containsExactly("a.jpg", "b.jpg");
        assertThat(scenes.get(0).shadow()).isFalse();
        assertThat(folder.resolve("out/a.edit.png")).exists();
    }

    @Test
    void aSpinHasTheFormatThatItsFileNames() throws Exception {
        photos("a.jpg");
        sceneEditor();
        reconstructor(request -> withBackground(3));

        assertThat(run(new EditCommand(), "assets", "a.jpg", "--spin", "-o", "b.GIF")).isZero();
        assertThat(folder.resolve("b.GIF")).hasContent("GIF");
        assertThat(run(new EditCommand(), "assets", "a.jpg", "--spin")).isZero();
        assertThat(folder.resolve("out/a.spin.webp")).hasContent("WEBP");
    }

    @Test
    void theRendererIsTheRasterizerUnlessANeuralOneIsAskedFor() throws Exception {
        photos("a.jpg");
        List<SceneEdit> scenes = sceneEditor();
        reconstructor(request -> withBackground(3));

        assertThat(run(new EditCommand(), "assets", "a.jpg", "--azimuth", "40")).isZero();
        assertThat(run(new EditCommand(), "assets", "a.jpg", "--renderer", "neural")).isZero();
        assertThat(run(new EditCommand(), "assets", "a.jpg", "--renderer", "graphics")).isZero();
        assertThat(scenes)
                .extracting(SceneEdit::renderer)
                .containsExactly(
                        SceneEdit.Renderer.GRAPHICS,
                        SceneEdit.Renderer.NEURAL,
                        SceneEdit.Renderer.GRAPHICS);
    }

    @Test
    void aPhotoWithoutBackgroundGetsPaper() throws Exception {
        photos("a.jpg", "sky.jpg");
        List<SceneEdit> scenes = sceneEditor();
        reconstructor(
                request -> {
                    if (request.name().equals("sky.jpg")) {
                        throw new PhotoException(PhotoException.Reason.NO_OBJECT, "sky");
                    }
                    return reconstruction(new byte[0]);
                });

        assertThat(run(new EditCommand(), "assets", "a.jpg", "--azimuth", "0")).isZero();
        assertThat(scenes.get(0).background().get(0, 0, 3)).isZero();
        // A photo of nothing in particular is a background as it is.
        assertThat(run(new EditCommand(), "assets", "a.jpg", "--background-from", "sky.jpg"))
                .isZero();
        assertThat(scenes.get(1).background().width()).isEqualTo(JPEG.length);
    }

    @Test
    void aPictureRefusesWhatMakesNoSense() throws Exception {
        photos("a.jpg", "b.png");
        for (String[] wrong :
                new String[][] {
                    {"a.jpg", "--azimuth", "left"},
                    {"a.jpg", "--azimuth", "400"},
                    {"a.jpg", "--elevation", "90"},
                    {"a.jpg", "--renderer", "watercolour"},
                    {"a.jpg", "--spin", "--paint", "#aa0000"},
                    {"a.jpg", "--shape-from", "b.png", "-o", "b.png"}
                }) {
            assertThat(run(new EditCommand(), "assets", wrong))
                    .as(String.join(" ", wrong))
                    .isEqualTo(FailedException.USAGE);
        }
        assertThat(errors()).hasSize(6);
    }

    private static Reconstruction withBackground(int bytes) {
        Reconstruction plain = reconstruction(new byte[0]);
        return new Reconstruction(
                plain.report(),
                plain.reportJson(),
                plain.asset(),
                Map.of(Picture.BACKGROUND.extension(), new byte[bytes]),
                plain.previewPng());
    }

    @Test
    void picturesAreToldByTheirFirstBytes() {
        for (String start :
                List.of(
                        "\u00ff\u00d8\u00ff\u00e0",
                        "\u0089PNG\r\n",
                        "GIF89a",
                        "RIFF\n\u0001\0\0WEBPVP8 ",
                        "II*\0\b",
                        "MM\0*",
                        "BM6")) {
            assertThat(AssetFiles.isPicture(start.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(start)
                    .isTrue();
        }
        for (String start : List.of("", "glTF\2\0\0\0", "RIFF\0\0\0\0WAVE", "{}")) {
            assertThat(AssetFiles.isPicture(start.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(start)
                    .isFalse();
        }
    }

    private void reconstructor(Function<ReconstructionRequest, Reconstruction> work) {
        framework
                .getBundleContext()
                .registerService(
                        Reconstructor.class,
                        request -> {
                            CompletableFuture<Reconstruction> result = new CompletableFuture<>();
                            try {
                                result.complete(work.apply(request));
                            } catch (RuntimeException e) {
                                result.completeExceptionally(e);
                            }
                            return new FakeJob(result, new AtomicBoolean());
                        },
                        null);
    }

    private static Reconstruction reconstruction(byte[] glb) {
        ReconstructionReport report =
                new ReconstructionReport(
                        "car",
                        1,
                        new Matrix4f(),
                        new Matrix4f(),
                        0,
                        0,
                        30,
                        0.9,
                        0.1,
                        List.of(),
                        List.of(),
                        List.of(),
                        "",
                        1,
                        1,
                        "1",
                        "",
                        0,
                        List.of("it is small"));
        return new Reconstruction(report, "{}", ASSET, Map.of("glb", glb), new byte[0]);
    }

    private record FakeJob(CompletableFuture<Reconstruction> result, AtomicBoolean stopped)
            implements Job<Reconstruction> {

        @Override
        public long id() {
            return 1;
        }

        @Override
        public State state() {
            return State.RUNNING;
        }

        @Override
        public double fraction() {
            return 0.5;
        }

        @Override
        public String activity() {
            return "waiting";
        }

        @Override
        public void cancel() {
            stopped.set(true);
        }

        private boolean cancelled() {
            return stopped.get();
        }
    }

    private void file(String name, int size) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
    }

    private List<String> output() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> errors() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private int run(Action command, String argument, String... arguments) throws Exception {
        set(command, argument, List.of(arguments));
        set(command, "context", framework.getBundleContext());
        set(command, "session", session());
        Throwable thrown = catchThrowable(command::execute);
        if (thrown == null) {
            return 0;
        }
        assertThat(thrown).isInstanceOf(FailedException.class);
        return ((FailedException) thrown).status();
    }

    private Session session() {
        PrintStream console = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "currentDir" -> folder;
                                    case "getConsole" -> console;
                                    case "get" -> Console.ERR.equals(arguments[0]) ? errors : null;
                                    default -> null;
                                });
    }

    private static void set(Object target, String field, Object value) throws Exception {
        Field f = target.getClass().getDeclaredField(field);
        f.setAccessible(true);
        f.set(target, value);
    }
}
