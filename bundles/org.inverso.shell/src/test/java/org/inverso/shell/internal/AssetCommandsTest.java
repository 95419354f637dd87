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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Session;
import org.inverso.api.InversoException;
import org.inverso.api.editing.AssetEdit;
import org.inverso.api.editing.AssetEditor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** {@code check} and {@code edit} with an editor that only says what it was asked for. */
class AssetCommandsTest {
    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<AssetEdit> edits = new ArrayList<>();
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
