/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import javax.imageio.ImageIO;

/** Writes the whole table and its plot into the project's documentation. */
final class PerformanceDocument {
    private static final String SECTION = "bench rasterizer";
    private static final String PLOT = "rasterizer-time.png";
    private static final int PLOT_WIDTH = 620;
    private static final int PLOT_HEIGHT = 400;

    private final Path docs;

    /**
     * @param docs the folder with performance.md and images/
     */
    PerformanceDocument(Path docs) {
        this.docs = docs;
    }

    void write(List<Row> rows) throws IOException {
        Path images = Files.createDirectories(docs.resolve("images"));
        ImageIO.write(
                LogLogPlot.draw(plots(rows), PLOT_WIDTH, PLOT_HEIGHT),
                "png",
                images.resolve(PLOT).toFile());
        String text =
                "Measured on "
                        + LocalDate.now(Clock.systemUTC())
                        + ", Java "
                        + System.getProperty("java.version")
                        + ", "
                        + Runtime.getRuntime().availableProcessors()
                        + " cores.\n\n![Time against pixels and faces](images/"
                        + PLOT
                        + ")\n\n"
                        + MarkdownTable.of(rows);
        new GeneratedSection(docs.resolve("performance.md"), SECTION).write(text);
    }

    private static List<LogLogPlot> plots(List<Row> rows) {
        return List.of(
                new LogLogPlot(
                        "Forward and backward, 1280 faces",
                        "pixels",
                        "milliseconds",
                        lines(rows, r -> r.faces() == 1280, r -> r.width() * r.height())),
                new LogLogPlot(
                        "Forward and backward, 256 x 256",
                        "faces",
                        "milliseconds",
                        lines(rows, r -> r.width() == 256, Row::faces)));
    }

    private static List<LogLogPlot.Line> lines(
            List<Row> rows, Predicate<Row> chosen, ToIntFunction<Row> across) {
        Map<String, List<LogLogPlot.Point>> lines = new LinkedHashMap<>();
        rows.stream()
                .filter(r -> r.batch() == 1)
                .filter(chosen)
                .sorted(Comparator.comparingInt(across))
                .forEach(
                        r ->
                                lines.computeIfAbsent(name(r), n -> new ArrayList<>())
                                        .add(
                                                new LogLogPlot.Point(
                                                        across.applyAsInt(r), r.totalMs())));
        return lines.entrySet().stream()
                .map(e -> new LogLogPlot.Line(e.getKey(), e.getValue()))
                .toList();
    }

    private static String name(Row row) {
        return switch (row.threads()) {
            case 0 -> row.implementation();
            case 1 -> row.implementation() + ", 1 thread";
            default -> row.implementation() + ", " + row.threads() + " threads";
        };
    }
}
