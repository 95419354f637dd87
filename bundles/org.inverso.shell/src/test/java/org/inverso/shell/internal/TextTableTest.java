/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void alignsColumnsWhateverTheirColours() {
        Console console = new Console(out, out, 80, 80);
        TextTable table = new TextTable("Id", "State");
        table.row(console.bold("car"), console.green("active"));
        table.row("motorbike", "refused");
        table.print(console);
        String plain = bytes.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;]*m", "");
        assertThat(plain.lines())
                .containsExactly("Id         State", "car        active", "motorbike  refused");
    }

    @Test
    void isPlainWithoutATerminal() {
        Console console = new Console(out, out, 0, 0);
        TextTable table = new TextTable("Id");
        table.row(console.bold("car"));
        table.print(console);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("Id", "car");
    }

    @Test
    void saysWhenThereIsNothing() {
        new TextTable("Id").print(new Console(out, out, 0, 0));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("none");
    }

    @Test
    void rowsHaveAsManyCellsAsTheHeader() {
        assertThatThrownBy(() -> new TextTable("Id").row("a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
