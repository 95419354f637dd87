/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The launcher as scripts use it: single commands, the background server, output, exit status,
 * Ctrl-C.
 */
public class LauncherIT {
    private static final Path CAR = Path.of(System.getProperty("inverso.examples"), "car.jpg");
    private static final long PATIENCE_SECONDS = 600;

    private static Path home;

    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @BeforeClass
    public static void unpack() throws Exception {
        Path target = Path.of("target/launcher").toAbsolutePath();
        Files.createDirectories(target);
        Path archive = Path.of(System.getProperty("inverso.distribution"));
        Process tar =
                new ProcessBuilder(
                                "tar",
                                "xzf",
                                archive.toString(),
                                "-C",
                                target.toString(),
                                "--strip-components=1")
                        .inheritIO()
                        .start();
        assertEquals(0, tar.waitFor());
        home = target;
    }

    @Test
    public void helpNeedsNoContainer() throws Exception {
        Result help = run("--help");
        assertEquals(0, help.status);
        assertTrue(help.out, help.out.contains("reconstruct PHOTO"));
        assertEquals(2, run().status);
    }

    @Test
    public void commandsHaveHelpAndUnknownOnesFail() throws Exception {
        Result help = run("reconstruct", "--help");
        assertEquals(help.err, 0, help.status);
        assertTrue(help.out, help.out.contains("--refine-ms"));
        assertTrue("no colours in a pipe", !help.out.contains("\u001b"));
        Result unknown = run("reconstrukt", "a.jpg");
        assertEquals(2, unknown.status);
        assertEquals(1, unknown.err.lines().count());
    }

    @Test
    public void badPhotosFailAloneAndPathsStartWhereTheUserIs() throws Exception {
        Files.copy(CAR, path("my car.jpg"));
        Files.createFile(path("empty.jpg"));
        Files.writeString(path("text.jpg"), "no picture");
        Result result =
                run("reconstruct", "empty.jpg", "text.jpg", "missing.jpg", "my car.jpg", "-o", "o");
        assertEquals(1, result.status);
        assertEquals(result.err, 3, result.err.lines().count());
        assertEquals(result.out, 1, result.out.lines().count());
        for (String extension : List.of("glb", "json", "png")) {
            assertTrue(extension, Files.size(path("o/my car." + extension)) > 0);
        }
    }

    @Test
    public void photosAreInspected() throws Exception {
        Files.copy(CAR, path("shown.jpg"));
        Files.writeString(path("text.jpg"), "no picture");
        ImageIO.write(
                new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB),
                "png",
                path("black.png").toFile());
        Result result = run("inspect", "text.jpg", "black.png", "shown.jpg", "-o", "cut");
        assertEquals(1, result.status);
        assertEquals(result.err, 2, result.err.lines().count());
        assertTrue(result.err, result.err.contains("black.png: no object stands out"));
        assertTrue(result.out, result.out.startsWith("shown.jpg: car "));
        assertTrue(result.out, result.out.contains(", by net"));
        BufferedImage cutout = ImageIO.read(path("cut/shown.png").toFile());
        int corner = cutout.getRGB(2, 2) >>> 24;
        int middle = cutout.getRGB(cutout.getWidth() / 2, cutout.getHeight() / 2) >>> 24;
        assertTrue("the car is kept, the corner is not", corner < 10 && middle > 245);
    }

    @Test
    public void aPhotoIsDrawnFromElsewhere() throws Exception {
        Files.copy(CAR, path("turned.jpg"));
        Result result = run("edit", "turned.jpg", "--azimuth", "150", "-o", "turned.png");
        assertEquals(result.err, 0, result.status);
        BufferedImage photo = ImageIO.read(path("turned.jpg").toFile());
        BufferedImage turned = ImageIO.read(path("turned.png").toFile());
        assertEquals(photo.getWidth(), turned.getWidth());
        assertEquals(photo.getHeight(), turned.getHeight());
        assertTrue("the background is the photo's", difference(photo, turned, 2, 2) < 12);
        int middleX = photo.getWidth() / 2;
        int changed = 0;
        for (int y = 0; y < photo.getHeight(); y++) {
            changed += difference(photo, turned, middleX, y) > 30 ? 1 : 0;
        }
        assertTrue("the car is not: " + changed, changed > photo.getHeight() / 20);
    }

    private static int difference(BufferedImage one, BufferedImage other, int x, int y) {
        Color a = new Color(one.getRGB(x, y));
        Color b = new Color(other.getRGB(x, y));
        return Math.abs(a.getRed() - b.getRed())
                + Math.abs(a.getGreen() - b.getGreen())
                + Math.abs(a.getBlue() - b.getBlue());
    }

    @Test
    public void viewsSayWhatIsMissing() throws Exception {
        Result help = run("views", "--help");
        assertEquals(help.err, 0, help.status);
        assertTrue(help.out, help.out.contains("--category"));
        assertEquals(2, run("views").status);
        Result unknown = run("views", "--category", "submarine");
        assertEquals(1, unknown.status);
        assertEquals(unknown.err, 1, unknown.err.lines().count());
        assertTrue(unknown.err, unknown.err.contains("submarine"));
        Result measured = run("eval", "gan", "submarine", "--json", "gan.json");
        assertEquals(1, measured.status);
        assertTrue(measured.err, measured.err.contains("submarine"));
        assertTrue("nothing was measured", Files.notExists(path("gan.json")));
    }

    @Test
    public void commandsAtTheSameTimeAndTheServerGiveTheSameBytes() throws Exception {
        Process first = reconstruct("first");
        Process second = reconstruct("second");
        assertEquals(0, finish(first).status);
        assertEquals(0, finish(second).status);
        assertSameBytes("first/car.glb", "second/car.glb");

        assertEquals(3, run("status").status);
        Result started = run("start");
        assertEquals(started.err, 0, started.status);
        try {
            assertEquals(0, run("status").status);
            assertEquals(0, finish(reconstruct("third")).status);
            assertSameBytes("first/car.glb", "third/car.glb");
            assertEquals(1, run("reconstruct", "missing.jpg", "-o", "third").status);
        } finally {
            assertEquals(0, run("stop").status);
        }
        assertEquals(3, run("status").status);
    }

    @Test
    public void aSignalCancels() throws Exception {
        List<String> command = new ArrayList<>(List.of("reconstruct", "-o", "many"));
        for (int i = 0; i < 40; i++) {
            command.add(Files.copy(CAR, path("car-" + i + ".jpg")).getFileName().toString());
        }
        Process process = start(command.toArray(String[]::new));
        BufferedReader out = process.inputReader(UTF_8);
        assertTrue(out.readLine().contains("car-0"));
        // Ctrl-C takes the same way, but a build in the background would pass on that it is
        // ignored.
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(130, process.exitValue());
        assertEquals(List.of("inverso: cancelled"), process.errorReader(UTF_8).lines().toList());
        assertTrue(Files.notExists(path("many/car-39.glb")));
        try (var results = Files.list(path("many"))) {
            assertTrue(results.noneMatch(p -> p.toString().endsWith(".part")));
        }
    }

    /** With so much time that the number of steps, and not the clock, ends the refinement. */
    private Process reconstruct(String output) throws IOException {
        return start("reconstruct", CAR.toString(), "-o", output, "--refine-ms", "60000");
    }

    private void assertSameBytes(String first, String second) throws IOException {
        assertArrayEquals(Files.readAllBytes(path(first)), Files.readAllBytes(path(second)));
    }

    private Path path(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private Result run(String... arguments) throws Exception {
        return finish(start(arguments));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/inverso").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.getRoot());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put("INVERSO_CACHE", Path.of("target/natives").toAbsolutePath().toString());
        return builder.start();
    }

    private static Result finish(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return new Result(process.exitValue(), out, err);
    }

    private record Result(int status, String out, String err) {}
}
