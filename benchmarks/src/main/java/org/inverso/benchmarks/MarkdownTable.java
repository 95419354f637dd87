/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows as a table in Markdown. */
final class MarkdownTable {
    private static final String HEAD =
            """
            | implementation | device | image | faces | batch | threads | forward ms | backward ms | both ms |
            |---|---|---|---|---|---|---|---|---|
            """;

    private MarkdownTable() {}

    static String of(List<Row> rows) {
        return rows.stream().map(MarkdownTable::line).collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d x %d | %d | %d | %s | %.2f | %.2f | %.2f |%n",
                row.implementation(),
                row.device(),
                row.width(),
                row.height(),
                row.faces(),
                row.batch(),
                row.threads() == 0 ? "" : row.threads(),
                row.forwardMs(),
                row.backwardMs(),
                row.totalMs());
    }
}
