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
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.inverso.api.Exporter;
import org.inverso.api.Job;
import org.inverso.api.PhotoException;
import org.inverso.api.Picture;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.api.asset.Asset;
import org.joml.Matrix4f;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class ReconstructCommandTest {
    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream realErr = System.err;
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
        exporter("glb");
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() throws Exception {
        System.setErr(realErr);
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void writesResultReportAndPictureForEachPhoto() throws Exception {
        photo("a.jpg");
        photo("b.png");
        reconstructor(ReconstructCommandTest::result);
        assertThat(run("a.jpg", "b.png", "-o", "results", "--seed", "5")).isZero();
        for (String name : List.of("a", "b")) {
            assertThat(folder.resolve("results/" + name + ".glb")).hasContent("5");
            assertThat(folder.resolve("results/" + name + ".json")).hasContent("{}");
            assertThat(folder.resolve("results/" + name + ".png")).hasContent("picture");
        }
        assertThat(errors()).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    @Test
    void oneBadPhotoFailsAlone() throws Exception {
        photo("good.jpg");
        photo("bad.jpg");
        Files.createDirectory(folder.resolve("folder.jpg"));
        reconstructor(
                request -> {
                    if (request.name().equals("bad.jpg")) {
                        throw new PhotoException(PhotoException.Reason.DAMAGED, "is cut off");
                    }
                    return result(request);
                });
        assertThat(run("bad.jpg", "missing.jpg", "folder.jpg", "good.jpg"))
                .isEqualTo(FailedException.FAILED);
        assertThat(errors())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("bad.jpg: is cut off"),
                        line -> assertThat(line).isEqualTo("missing.jpg: there is no such file"),
                        line -> assertThat(line).startsWith("folder.jpg: is a folder"));
        assertThat(folder.resolve("out/good.glb")).exists();
    }

    @Test
    void surprisesFailAloneToo() throws Exception {
        photo("a.jpg");
        photo("b.jpg");
        reconstructor(
                request -> {
                    if (request.name().equals("a.jpg")) {
                        throw new IllegalStateException("line one\nline two");
                    }
                    return result(request);
                });
        assertThat(run("a.jpg", "b.jpg")).isEqualTo(FailedException.FAILED);
        assertThat(errors()).filteredOn(line -> line.startsWith("a.jpg: ")).hasSize(1);
        assertThat(folder.resolve("out/b.glb")).exists();
    }

    @Test
    void refusesToOverwriteResultsOfAnotherPhoto() throws Exception {
        Files.createDirectory(folder.resolve("x"));
        photo("a.jpg");
        photo("x/a.png");
        reconstructor(ReconstructCommandTest::result);
        assertThat(run("a.jpg", "x/a.png")).isEqualTo(FailedException.FAILED);
        assertThat(errors()).singleElement().asString().contains("x/a.png: would overwrite");
    }

    @Test
    void refusesToOverwriteAPhoto() throws Exception {
        photo("a.png");
        reconstructor(ReconstructCommandTest::result);
        assertThat(run("a.png", "-o", ".")).isEqualTo(FailedException.FAILED);
        assertThat(errors()).singleElement().asString().contains("would overwrite the photo");
        assertThat(folder.resolve("a.png")).hasContent("photo");
    }

    @Test
    void anUnwritableFolderGivesOneLine() throws Exception {
        photo("a.jpg");
        photo("b.jpg");
        Files.writeString(folder.resolve("file"), "in the way");
        reconstructor(ReconstructCommandTest::result);
        assertThat(run("a.jpg", "b.jpg", "-o", "file")).isEqualTo(FailedException.FAILED);
        assertThat(errors())
                .singleElement()
                .asString()
                .contains("cannot write to", "file is in the way");
    }

    @Test
    void oneMaskIsForOnePhoto() throws Exception {
        reconstructor(ReconstructCommandTest::result);
        assertThat(run("a.jpg", "b.jpg", "--mask", "m.png")).isEqualTo(FailedException.USAGE);
        assertThat(errors()).singleElement().asString().contains("mask belongs to one photo");
    }

    @Test
    void refusesSenselessNumbers() throws Exception {
        reconstructor(ReconstructCommandTest::result);
        assertThat(run("a.jpg", "--texture-size", "100")).isEqualTo(FailedException.USAGE);
        assertThat(errors()).singleElement().asString().contains("power of two");
    }

    @Test
    void asksForEachFormatThatWasNamed() throws Exception {
        photo("a.jpg");
        exporter("usdz");
        exporter("obj");
        List<String> wanted = new ArrayList<>();
        reconstructor(
                request -> {
                    wanted.addAll(request.formats());
                    return result(request);
                });
        assertThat(run("a.jpg", "--format", "usdz, OBJ,usdz")).isZero();
        assertThat(wanted).containsExactly("usdz", "obj");
    }

    @Test
    void aViewerIsOneMoreFormat() throws Exception {
        photo("a.jpg");
        exporter("html");
        List<String> wanted = new ArrayList<>();
        reconstructor(
                request -> {
                    wanted.addAll(request.formats());
                    return result(request);
                });
        assertThat(run("a.jpg", "--viewer")).isZero();
        assertThat(wanted).containsExactly("glb", "html");
    }

    @Test
    void shapeKeysAreKeptOnlyWhenAskedForAndWhereTheyCanBe() throws Exception {
        photo("a.jpg");
        exporter("obj");
        List<Boolean> wanted = new ArrayList<>();
        reconstructor(
                request -> {
                    wanted.add(request.shapeKeys());
                    return result(request);
                });
        assertThat(run("a.jpg")).isZero();
        assertThat(run("a.jpg", "--keep-shape-keys", "--format", "obj,glb")).isZero();
        assertThat(wanted).containsExactly(false, true);
        assertThat(run("a.jpg", "--keep-shape-keys", "--format", "obj"))
                .isEqualTo(FailedException.USAGE);
        assertThat(errors()).singleElement().asString().contains("kept in glb, gltf and html");
    }

    @Test
    void asksForPicturesThatWereNamed() throws Exception {
        photo("a.jpg");
        List<Set<Picture>> wanted = new ArrayList<>();
        reconstructor(
                request -> {
                    wanted.add(request.pictures());
                    return result(request);
                });

        assertThat(run("a.jpg")).isZero();
        assertThat(run("a.jpg", "--poster", "--turntable", "gif")).isZero();
        assertThat(wanted).containsExactly(Set.of(), Set.of(Picture.POSTER, Picture.TURNTABLE_GIF));
        assertThat(run("a.jpg", "--turntable", "WebP")).isZero();
        assertThat(wanted.get(2)).containsExactly(Picture.TURNTABLE_WEBP);
        assertThat(run("--background", "a.jpg")).isZero();
        assertThat(wanted.get(3)).containsExactly(Picture.BACKGROUND);
        assertThat(run("a.jpg", "--turntable", "mp4")).isEqualTo(FailedException.USAGE);
        assertThat(errors()).containsExactly("inverso: A turntable is gif, png or webp, not mp4");
    }

    @Test
    void anUnknownFormatIsNamedBesideTheKnownOnes() throws Exception {
        photo("a.jpg");
        exporter("usdz");
        reconstructor(ReconstructCommandTest::result);
        assertThat(run("a.jpg", "--format", "glb,fb*")).isEqualTo(FailedException.USAGE);
        assertThat(errors())
                .containsExactly("inverso: There is no format fb*; there are glb, usdz");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void atLeastOneFormatIsNeeded() throws Exception {
        reconstructor(ReconstructCommandTest::result);
        assertThat(run("a.jpg", "--format", ",")).isEqualTo(FailedException.USAGE);
        assertThat(errors()).singleElement().asString().contains("at least one format");
    }

    @Test
    void companionFilesAreWrittenUnlessTheyAreAPhoto() throws Exception {
        photo("a.jpg");
        photo("a.base.png");
        reconstructor(
                request ->
                        new Reconstruction(
                                result(request).report(),
                                "{}",
                                result(request).asset(),
                                Map.of("glb", new byte[1], "base.png", new byte[2]),
                                new byte[3]));
        assertThat(run("a.jpg")).isZero();
        assertThat(folder.resolve("out/a.base.png")).hasSize(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("base.png");
        assertThat(run("a.jpg", "a.base.png", "-o", ".")).isEqualTo(FailedException.FAILED);
        assertThat(folder.resolve("a.base.png")).hasContent("photo");
    }

    @Test
    void completesTheLastFormatOfAList() throws Exception {
        exporter("usda");
        exporter("usdz");
        FormatCompleter completer = new FormatCompleter();
        set(completer, "context", framework.getBundleContext());
        assertThat(completions(completer, "")).containsExactly("glb", "usda", "usdz");
        assertThat(completions(completer, "usda,us")).containsExactly("usda,usdz");
        assertThat(completions(completer, "usdz,")).containsExactly("usdz,glb", "usdz,usda");
    }

    private static List<String> completions(FormatCompleter completer, String typed) {
        CommandLine line =
                (CommandLine)
                        Proxy.newProxyInstance(
                                CommandLine.class.getClassLoader(),
                                new Class<?>[] {CommandLine.class},
                                (proxy, method, arguments) ->
                                        switch (method.getName()) {
                                            case "getCursorArgument" -> typed;
                                            case "getArgumentPosition" -> typed.length();
                                            case "getBufferPosition" -> typed.length();
                                            default -> null;
                                        });
        List<String> candidates = new ArrayList<>();
        completer.complete(null, line, candidates);
        return candidates.stream().map(String::strip).sorted().toList();
    }

    @Test
    void anInterruptCancelsTheJob() throws Exception {
        photo("a.jpg");
        photo("b.jpg");
        WaitingJob job = new WaitingJob();
        framework
                .getBundleContext()
                .registerService(
                        Reconstructor.class,
                        request -> {
                            Thread.currentThread().interrupt();
                            return job;
                        },
                        null);
        assertThat(run("a.jpg", "b.jpg")).isEqualTo(FailedException.CANCELLED);
        assertThat(job.cancelled).isTrue();
        assertThat(errors()).containsExactly("inverso: cancelled");
    }

    private void photo(String name) throws IOException {
        Files.writeString(folder.resolve(name), "photo");
    }

    private void reconstructor(Function<ReconstructionRequest, Reconstruction> work) {
        framework
                .getBundleContext()
                .registerService(
                        Reconstructor.class,
                        request -> {
                            WaitingJob job = new WaitingJob();
                            try {
                                job.result.complete(work.apply(request));
                            } catch (RuntimeException e) {
                                job.result.completeExceptionally(e);
                            }
                            return job;
                        },
                        null);
    }

    private void exporter(String format) {
        Exporter exporter =
                new Exporter() {
                    @Override
                    public String id() {
                        return format;
                    }

                    @Override
                    public String format() {
                        return format;
                    }

                    @Override
                    public byte[] export(Asset asset) {
                        throw new UnsupportedOperationException("commands do not export");
                    }
                };
        framework
                .getBundleContext()
                .registerService(
                        Exporter.class,
                        exporter,
                        new Hashtable<>(Map.of("inverso.format", format)));
    }

    private int run(String... arguments) throws Exception {
        ReconstructCommand command = new ReconstructCommand();
        set(command, "photos", List.of(arguments));
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
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "currentDir" -> folder;
                                    case "getConsole" -> console;
                                    default -> null;
                                });
    }

    private List<String> errors() {
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                // What the log says goes the same way in tests.
                .filter(line -> line.startsWith("inverso: ") || line.matches("\\S+\\.\\w+: .*"))
                .filter(line -> !line.startsWith("java."))
                .toList();
    }

    private static void set(Object target, String field, Object value) throws Exception {
        Field f = target.getClass().getDeclaredField(field);
        f.setAccessible(true);
        f.set(target, value);
    }

    private static Reconstruction result(ReconstructionRequest request) {
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
                        request.seed(),
                        List.of());
        return new Reconstruction(
                report,
                "{}",
                new Asset("car", List.of(), List.of(), List.of(), List.of(), List.of(), Map.of()),
                Map.of("glb", Long.toString(request.seed()).getBytes(StandardCharsets.UTF_8)),
                "picture".getBytes(StandardCharsets.UTF_8));
    }

    private static final class WaitingJob implements Job<Reconstruction> {
        private final CompletableFuture<Reconstruction> result = new CompletableFuture<>();
        private boolean cancelled;

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
            cancelled = true;
        }

        @Override
        public CompletableFuture<Reconstruction> result() {
            return result;
        }
    }
}
