/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns of text, two spaces apart; as readable in a pipe as on a terminal. */
final class TextTable {
    private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;]*m");

    private final List<String[]> rows = new ArrayList<>();
    private final String[] header;

    TextTable(String... header) {
        this.header = header.clone();
    }

    void row(String... cells) {
        if (cells.length != header.length) {
            throw new IllegalArgumentException(
                    header.length + " cells expected, not " + cells.length);
        }
        rows.add(cells.clone());
    }

    void print(Console console) {
        if (rows.isEmpty()) {
            console.out().println(console.grey("none"));
            return;
        }
        int[] widths = new int[header.length];
        measure(widths, header);
        rows.forEach(row -> measure(widths, row));
        console.out().println(console.bold(line(widths, header)));
        rows.forEach(row -> console.out().println(line(widths, row)));
    }

    private static void measure(int[] widths, String[] row) {
        for (int i = 0; i < row.length; i++) {
            widths[i] = Math.max(widths[i], width(row[i]));
        }
    }

    private static String line(int[] widths, String[] row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(row[i]).append(" ".repeat(widths[i] - width(row[i]) + 2));
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return ANSI.matcher(text).replaceAll("").length();
    }
}
