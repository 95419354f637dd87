/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code docs/new-category.md}, command by command, with a training of seconds. */
public class AuthoringIT {
    private static final Path AEROPLANE =
            Path.of(System.getProperty("inverso.examples"), "aeroplane");
    private static final long PATIENCE_SECONDS = 600;

    private static Path home;

    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @BeforeClass
    public static void unpack() throws Exception {
        home = Path.of("target/authoring").toAbsolutePath();
        Files.createDirectories(home);
        Process tar =
                new ProcessBuilder(
                                "tar",
                                "xzf",
                                System.getProperty("inverso.distribution"),
                                "-C",
                                home.toString(),
                                "--strip-components=1")
                        .inheritIO()
                        .start();
        assertEquals(0, tar.waitFor());
    }

    @Test
    public void fromModelToDeployedCategory() throws Exception {
        Path model = AEROPLANE.resolve("aeroplane.glb");
        Result made =
                run("category", "new", "aeroplane", "--from", model.toString(), "--length", "37");
        assertEquals(made.err, 0, made.status);
        assertTrue(made.out, made.out.contains("8 morph targets are the shape space"));
        assertTrue(made.out, made.out.contains("its own reflection"));

        Result early = run("category", "package", "aeroplane");
        assertEquals(1, early.status);
        assertTrue(early.err, early.err.contains("no weights 'encoder'; train it first"));

        // A second of training, or at least one step; what it learns does not matter here.
        Result trained =
                run(
                        "category",
                        "train",
                        "aeroplane",
                        "--minutes",
                        "0.02",
                        "--count",
                        "32",
                        "--seed",
                        "3");
        assertEquals(trained.err, 0, trained.status);
        assertTrue(Files.size(path("aeroplane/weights/encoder.safetensors")) > 0);
        assertTrue(Files.size(path("aeroplane/training/scene.curve.png")) > 0);
        List<String> metrics = Files.readAllLines(path("aeroplane/training/scene.metrics.jsonl"));
        assertTrue(metrics.get(0), metrics.get(0).contains("\"loss\""));

        assertEquals(0, run("category", "package", "aeroplane").status);
        assertEquals(0, run("category", "package", "aeroplane", "-o", "again.jar").status);
        assertArrayEquals(
                Files.readAllBytes(path("aeroplane.jar")), Files.readAllBytes(path("again.jar")));

        byte[] damaged = Files.readAllBytes(path("again.jar"));
        Files.write(path("damaged.jar"), Arrays.copyOf(damaged, damaged.length / 2));
        assertEquals(1, run("category", "deploy", "damaged.jar").status);
        assertFalse(Files.exists(deployed()));

        Result deployed = run("category", "deploy", "aeroplane.jar");
        assertEquals(deployed.err, 0, deployed.status);
        assertTrue(Files.exists(deployed()));
        Result categories = run("categories");
        assertTrue(categories.out, categories.out.matches("(?s).*aeroplane +1\\.0\\.0 +active.*"));

        String photo = AEROPLANE.resolve("aeroplane.jpg").toString();
        Result used = run("reconstruct", photo, "--category", "aeroplane", "-o", "o");
        assertEquals(used.err, 0, used.status);
        assertTrue(used.out, used.out.contains("aeroplane, mask IoU"));
        String report = Files.readString(path("o/aeroplane.json"));
        assertTrue(report, report.contains("\"aeroplane\""));
        assertTrue(Files.size(path("o/aeroplane.glb")) > 0);

        assertEquals(0, run("category", "remove", "aeroplane").status);
        assertFalse(Files.exists(deployed()));
        assertEquals(1, run("category", "remove", "aeroplane").status);
        assertFalse(run("categories").out.contains("aeroplane"));
    }

    private static Path deployed() {
        return home.resolve("deploy/org.inverso.category.aeroplane.jar");
    }

    private Path path(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/inverso").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.getRoot());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put("INVERSO_CACHE", Path.of("target/natives").toAbsolutePath().toString());
        return finish(builder.start());
    }

    private static Result finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return new Result(process.exitValue(), out, err);
    }

    private record Result(int status, String out, String err) {}
}
