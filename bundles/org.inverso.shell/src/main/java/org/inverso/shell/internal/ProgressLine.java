/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line at the bottom of a terminal that tells how far the work is; nothing where there is no
 * terminal.
 */
final class ProgressLine {
    private static final int BAR = 24;

    private final PrintStream out;
    private final int columns;
    private boolean shown;

    /**
     * @param columns width of the terminal, 0 for none
     */
    ProgressLine(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    boolean visible() {
        return columns > 0;
    }

    /**
     * @param fraction 0 to 1
     * @param text what is being done
     */
    void show(double fraction, String text) {
        if (!visible()) {
            return;
        }
        double clamped = Math.max(0, Math.min(1, fraction));
        int full = (int) Math.round(clamped * BAR);
        String plain =
                String.format(
                        Locale.ROOT,
                        "%3d%% %s",
                        (int) Math.round(clamped * 100),
                        text.replaceAll("\\p{Cntrl}", " "));
        int room = Math.max(0, columns - BAR - 4);
        if (plain.length() > room) {
            plain = plain.substring(0, room);
        }
        out.print(
                "\r\u001b[K\u001b[32m"
                        + "\u2588".repeat(full)
                        + "\u001b[90m"
                        + "\u2591".repeat(BAR - full)
                        + "\u001b[0m "
                        + plain);
        out.flush();
        shown = true;
    }

    /** Takes the line away, before other output. */
    void clear() {
        if (shown) {
            out.print("\r\u001b[K");
            out.flush();
            shown = false;
        }
    }
}
