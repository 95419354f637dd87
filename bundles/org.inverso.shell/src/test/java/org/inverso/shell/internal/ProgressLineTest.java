/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8)
                .replaceAll("\u001b\\[[0-9;]*[mK]", "")
                .replace("\r", "");
    }

    @Test
    void neverFillsTheLastColumn() {
        new ProgressLine(out, 50).show(0.5, "a very long activity that does not fit in there");
        assertThat(shown()).hasSizeLessThan(50).contains(" 50% a very long");
    }

    @Test
    void staysWithinTheBar() {
        new ProgressLine(out, 80).show(7, "encode\nnow");
        assertThat(shown()).contains("100% encode now").doesNotContain("\u2591");
    }

    @Test
    void isSilentWithoutATerminal() {
        ProgressLine line = new ProgressLine(out, 0);
        line.show(0.5, "encode");
        line.clear();
        assertThat(bytes.size()).isZero();
    }

    @Test
    void clearsOnlyWhatItShowed() {
        new ProgressLine(out, 80).clear();
        assertThat(bytes.size()).isZero();
    }
}
