/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @TempDir private Path folder;

    private int bench(String... arguments) {
        return bench(ServiceLoader.load(Contender.class), arguments);
    }

    private int bench(Iterable<Contender> contenders, String... arguments) {
        return new Bench(print(out), print(progress), Effort.LEAST, Effort.LEAST, contenders)
                .run(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    @Test
    void quickTableHasBothRowsOfTheJvm() throws IOException {
        Path json = folder.resolve("rows.json");
        assertThat(bench("rasterizer", "--quick", "--json", json.toString()))
                .as(progress::toString)
                .isZero();
        JsonNode rows = new ObjectMapper().readTree(json.toFile());
        assertThat(rows.findValuesAsText("implementation")).contains("jvm", "jvm");
        for (int i = 0; i < 2; i++) {
            JsonNode row = rows.get(i);
            assertThat(row.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "implementation",
                            "device",
                            "width",
                            "height",
                            "faces",
                            "batch",
                            "threads",
                            "forwardMs",
                            "backwardMs",
                            "totalMs");
            assertThat(row.get("width").asInt()).isEqualTo(i == 0 ? 256 : 128);
            assertThat(row.get("height")).isEqualTo(row.get("width"));
            assertThat(row.get("faces").asInt()).isEqualTo(1280);
            assertThat(row.get("threads").asInt()).isEqualTo(2);
            assertThat(row.get("device").asText()).isEqualTo("cpu, 2 threads");
            assertThat(row.get("forwardMs").asDouble()).isPositive();
            assertThat(row.get("backwardMs").asDouble()).isPositive();
            assertThat(row.get("totalMs").asDouble()).isPositive();
        }
        assertThat(out.toString()).contains("| jvm | cpu, 2 threads | 256 x 256 | 1280 | 1 | 2 |");
        assertThat(progress.toString()).contains("[2/");
    }

    @Test
    void quickTableHasRowsOfOpenClOrSaysWhyNot() {
        Contender contender = new OpenClContender();
        assertThat(bench(List.of(contender), "rasterizer", "--quick"))
                .as(progress::toString)
                .isZero();
        if (contender.obstacle().isPresent()) {
            assertThat(progress.toString())
                    .contains("without opencl: " + contender.obstacle().get());
            assertThat(out.toString()).doesNotContain("opencl");
        } else {
            int threads = contender.threads().get(0);
            assertThat(out.toString())
                    .containsPattern(
                            "\\| opencl \\| [^|]+ \\| 256 x 256 \\| 1280 \\| 1 \\| " + threads)
                    .contains("| 128 x 128 | 1280 | 1 | " + threads + " |");
        }
    }

    @Test
    void saysWhichContenderCannotRun() {
        Contender none = new OpenClContender("abacus");
        assertThat(bench(List.of(none), "rasterizer", "--quick")).isZero();
        assertThat(progress.toString()).contains("without opencl: ").doesNotContain("[1/");
    }

    @Test
    void findsBothRasterizers() {
        assertThat(ServiceLoader.load(Contender.class))
                .extracting(Contender::implementation)
                .containsExactly("jvm", "opencl");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(bench()).isEqualTo(2);
        assertThat(bench("network")).isEqualTo(2);
        assertThat(bench("rasterizer", "--fast")).isEqualTo(2);
        assertThat(bench("rasterizer", "--json")).isEqualTo(2);
        assertThat(progress.toString()).contains("--fast").hasLineCount(4);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helps() {
        assertThat(bench("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: inverso bench rasterizer").contains("--json");
    }
}
