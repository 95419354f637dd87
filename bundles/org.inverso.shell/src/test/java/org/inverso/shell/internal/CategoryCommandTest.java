/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.apache.karaf.shell.api.console.Session;
import org.inverso.api.CategoryException;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.CategorySheets;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Part;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class CategoryCommandTest {
    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
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
                .registerService(CategoryRegistry.class, new OneCategory(), null);
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void infoTellsWhatItIsMadeOf() throws Exception {
        assertThat(run("info", "boat")).isZero();
        assertThat(text(out))
                .contains("boat 1.2.0  active, 2.0 MB, from boat.jar")
                .contains("boat 1.3.0  refused, 0.0 MB, from new.jar: a mast is missing")
                .contains("licence     CC0-1.0")
                .contains("3 vertices, 1 triangles, 1 parts, 2 shape targets")
                .contains("shape       long, wide")
                .contains("builds      sloop 75 %, ketch 25 %")
                .contains("paint       white");
    }

    @Test
    void unknownCategoriesAreNamedWithThoseThatAreThere() throws Exception {
        assertThat(run("info", "bout")).isEqualTo(FailedException.FAILED);
        assertThat(run("sample", "bout")).isEqualTo(FailedException.FAILED);
        assertThat(text(err).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("No category 'bout' is active (there: boat)"));
    }

    @Test
    void verifySaysWhatIsInTheFileOrWhyItWouldBeRefused() throws Exception {
        Files.writeString(folder.resolve("good.jar"), "");
        Files.writeString(folder.resolve("bad.jar"), "");

        assertThat(run("verify", "good.jar")).isZero();
        assertThat(text(out)).contains("ok boat 1.2.0: 3 vertices").contains("SHA-256 abc");
        assertThat(run("verify", "bad.jar")).isEqualTo(FailedException.FAILED);
        assertThat(text(err)).isEqualTo("inverso: bad.jar would be refused: the sail has holes\n");
        assertThat(run("verify", "missing.jar")).isEqualTo(FailedException.FAILED);
        assertThat(text(err)).contains("missing.jar: there is no such file");
    }

    @Test
    void sampleWritesTheSheet() throws Exception {
        sheets((category, seed, progress) -> (category + seed).getBytes(StandardCharsets.UTF_8));

        assertThat(run("sample", "boat")).isZero();
        assertThat(folder.resolve("boat-sheet.png")).hasContent("boat0");
        assertThat(run("sample", "boat", "-o", "a/b.png", "--seed", "7")).isZero();
        assertThat(folder.resolve("a/b.png")).hasContent("boat7");
    }

    @Test
    void anInterruptCancelsTheSheet() throws Exception {
        sheets(
                (category, seed, progress) -> {
                    Thread.currentThread().interrupt();
                    progress.checkCancelled();
                    return new byte[1];
                });

        assertThat(run("sample", "boat")).isEqualTo(FailedException.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(text(err)).isEqualTo("inverso: cancelled\n");
        assertThat(folder.resolve("boat-sheet.png")).doesNotExist();
    }

    @Test
    void senselessCommandLinesAreUsageErrors() throws Exception {
        assertThat(run("paint", "boat")).isEqualTo(FailedException.USAGE);
        assertThat(run("info", "boat", "car")).isEqualTo(FailedException.USAGE);
        assertThat(run("sample", "boat", "--sead", "1")).isEqualTo(FailedException.USAGE);
        assertThat(run("sample", "boat", "--seed", "one")).isEqualTo(FailedException.USAGE);
        assertThat(text(err).lines()).hasSize(4);
    }

    private void sheets(CategorySheets sheets) {
        framework.getBundleContext().registerService(CategorySheets.class, sheets, null);
    }

    private int run(String action, String... targets) throws Exception {
        CategoryCommand command = new CategoryCommand();
        set(command, "action", action);
        set(command, "targets", List.of(targets));
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
                                    case "get" -> arguments[0].equals(Console.ERR) ? errors : null;
                                    default -> null;
                                });
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static void set(Object target, String field, Object value) throws Exception {
        Field f = target.getClass().getDeclaredField(field);
        f.setAccessible(true);
        f.set(target, value);
    }

    /** A good version of a category and a bad one. */
    private static final class OneCategory implements CategoryRegistry {

        @Override
        public List<CategoryStatus> categories() {
            return List.of(
                    new CategoryStatus(
                            "boat", "Boat", "1.2.0", "active", "boat.jar", 2_000_000, ""),
                    new CategoryStatus(
                            "boat", "boat", "1.3.0", "refused", "new.jar", 0, "a mast is missing"));
        }

        @Override
        public Optional<CategoryModel> find(String id) {
            return Optional.of(boat());
        }

        @Override
        public CategoryModel verify(Path jarOrFolder) {
            if (jarOrFolder.endsWith("bad.jar")) {
                throw new CategoryException("the sail has holes");
            }
            return boat();
        }

        private static CategoryModel boat() {
            Part hull =
                    new Part("hull", "body", 0, 3, 0, 1, Optional.empty(), Optional.empty(), false);
            TemplateMesh mesh =
                    new TemplateMesh(
                            new float[9],
                            new float[6],
                            new int[] {0, 1, 2},
                            new int[1],
                            new int[1],
                            List.of(hull),
                            List.of(),
                            List.of("long", "wide"),
                            new float[18],
                            new int[0]);
            ShapePrior prior =
                    new ShapePrior(
                            List.of(component("sloop", 0.75), component("ketch", 0.25)),
                            new float[2],
                            new float[2]);
            Map<String, Map<String, float[]>> colors =
                    Map.of("paint", new TreeMap<>(Map.of("white", new float[3])));
            return (CategoryModel)
                    Proxy.newProxyInstance(
                            CategoryModel.class.getClassLoader(),
                            new Class<?>[] {CategoryModel.class},
                            (proxy, method, arguments) ->
                                    switch (method.getName()) {
                                        case "id" -> "boat";
                                        case "label" -> "Boat";
                                        case "version" -> "1.2.0";
                                        case "sha256" -> "abc";
                                        case "licence" -> "CC0-1.0";
                                        case "provenance" -> "";
                                        case "template" -> mesh;
                                        case "shapePrior" -> prior;
                                        case "colors" -> colors;
                                        case "weightNames" -> Set.of("encoder");
                                        case "poseParameters", "poses", "coats", "clips" ->
                                                List.of();
                                        default -> throw new AssertionError(method);
                                    });
        }

        private static ShapePrior.Component component(String name, double weight) {
            return new ShapePrior.Component(name, weight, new float[2], new float[2], List.of());
        }
    }
}
