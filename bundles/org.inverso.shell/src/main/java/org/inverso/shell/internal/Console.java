/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.io.PrintStream;
import org.apache.karaf.shell.api.console.Session;

/**
 * Where a command's output goes and what it looks like there.
 *
 * @param out for results
 * @param err for errors and progress
 * @param outColumns width of the terminal behind {@code out}, 0 when it is a file or a pipe
 * @param errColumns the same for {@code err}
 */
public record Console(PrintStream out, PrintStream err, int outColumns, int errColumns) {

    /**
     * Session variable with {@link #outColumns()}, for sessions without a terminal of their own.
     */
    public static final String OUT_COLUMNS = "inverso.out.columns";

    /** Session variable with {@link #errColumns()}. */
    public static final String ERR_COLUMNS = "inverso.err.columns";

    /**
     * Session variable with {@link #err()}; what Karaf puts behind {@code System.err} ends with the
     * container.
     */
    public static final String ERR = "inverso.err";

    /** Session variable with a {@link Runnable} that long commands call when they have ended. */
    public static final String ENDED = "inverso.ended";

    static Console of(Session session) {
        int terminal =
                session.getTerminal() == null ? 0 : Math.max(20, session.getTerminal().getWidth());
        return new Console(
                session.getConsole(),
                session.get(ERR) instanceof PrintStream err ? err : System.err,
                columns(session, OUT_COLUMNS, terminal),
                columns(session, ERR_COLUMNS, terminal));
    }

    private static int columns(Session session, String variable, int otherwise) {
        return session.get(variable) instanceof Integer columns ? columns : otherwise;
    }

    String red(String text) {
        return colour(31, text, errColumns);
    }

    String green(String text) {
        return colour(32, text, outColumns);
    }

    String yellow(String text) {
        return colour(33, text, outColumns);
    }

    String bold(String text) {
        return colour(1, text, outColumns);
    }

    String grey(String text) {
        return colour(90, text, outColumns);
    }

    private static String colour(int code, String text, int columns) {
        return columns > 0 ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
