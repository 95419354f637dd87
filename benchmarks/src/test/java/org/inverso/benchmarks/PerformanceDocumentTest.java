/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformanceDocumentTest {
    @TempDir private Path docs;

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Load load : Load.all()) {
            for (int threads = 1; threads <= 2; threads++) {
                double ms = 1e-5 * load.size() * load.size() * load.batch() / threads;
                ms += 1e-3 * load.faces();
                rows.add(
                        new Row(
                                "jvm",
                                "cpu",
                                load.size(),
                                load.size(),
                                load.faces(),
                                load.batch(),
                                threads,
                                ms,
                                ms,
                                2 * ms));
            }
        }
        return rows;
    }

    @Test
    void replacesItsSectionOnly() throws IOException {
        Path file = docs.resolve("performance.md");
        Files.writeString(
                file,
                "before\n<!-- bench rasterizer: begin -->\nold\n"
                        + "<!-- bench rasterizer: end -->\nafter\n");
        new PerformanceDocument(docs).write(rows());
        new PerformanceDocument(docs).write(rows());
        assertThat(Files.readString(file))
                .startsWith("before\n<!-- bench rasterizer: begin -->\nMeasured on")
                .endsWith("<!-- bench rasterizer: end -->\nafter\n")
                .doesNotContain("old")
                .containsOnlyOnce("| 64 x 64 | 81920 | 1 | 1 |");
    }

    @Test
    void plotsALineForEveryNumberOfThreads() throws IOException {
        Files.writeString(
                docs.resolve("performance.md"),
                "<!-- bench rasterizer: begin --><!-- bench rasterizer: end -->");
        new PerformanceDocument(docs).write(rows());
        BufferedImage plot = ImageIO.read(docs.resolve("images/rasterizer-time.png").toFile());
        Set<Integer> colors = new HashSet<>();
        for (int y = 0; y < plot.getHeight(); y++) {
            for (int x = 0; x < plot.getWidth(); x++) {
                colors.add(plot.getRGB(x, y) & 0xffffff);
            }
        }
        assertThat(colors).contains(0xffffff, 0x0072b2, 0xd55e00).doesNotContain(0x009e73);
    }

    @Test
    void saysWhichSectionIsMissing() throws IOException {
        Files.writeString(docs.resolve("performance.md"), "nothing\n");
        assertThatThrownBy(() -> new PerformanceDocument(docs).write(rows()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("<!-- bench rasterizer: begin -->");
    }
}
