/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.api.console.SignalListener;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;

/** Karaf's interactive console on a terminal that is at the other end of a connection. */
final class RemoteConsole {
    private final SessionFactory sessions;

    RemoteConsole(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Serves the console until the user leaves it. */
    void run(Invocation invocation, InputStream typed, OutputStream out) throws IOException {
        try (Remote terminal = new Remote(typed, out, invocation)) {
            CommandRunner.asLocalUser(
                    () -> {
                        PrintStream print =
                                new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
                        try (Session session =
                                sessions.create(
                                        terminal.input(),
                                        print,
                                        print,
                                        terminal,
                                        StandardCharsets.UTF_8.name(),
                                        () -> {})) {
                            session.currentDir(invocation.directory());
                            session.run();
                        }
                        return null;
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** JLine's line discipline over the connection, seen by Karaf as one of its terminals. */
    private static final class Remote extends ExternalTerminal
            implements org.apache.karaf.shell.api.console.Terminal {

        Remote(InputStream typed, OutputStream out, Invocation invocation) throws IOException {
            super("inverso", "xterm-256color", typed, out, StandardCharsets.UTF_8);
            setSize(
                    new Size(
                            Math.max(20, invocation.outColumns()), Math.max(5, invocation.rows())));
        }

        @Override
        public int getWidth() {
            return getSize().getColumns();
        }

        @Override
        public int getHeight() {
            return getSize().getRows();
        }

        @Override
        public boolean isAnsiSupported() {
            return true;
        }

        @Override
        public boolean isEchoEnabled() {
            return echo();
        }

        @Override
        public void setEchoEnabled(boolean enabled) {
            echo(enabled);
        }

        @Override
        public void addSignalListener(
                SignalListener listener, org.apache.karaf.shell.api.console.Signal... signals) {
            for (org.apache.karaf.shell.api.console.Signal signal : signals) {
                handle(jline(signal), s -> listener.signal(signal));
            }
        }

        @Override
        public void addSignalListener(
                SignalListener listener,
                EnumSet<org.apache.karaf.shell.api.console.Signal> signals) {
            addSignalListener(
                    listener, signals.toArray(org.apache.karaf.shell.api.console.Signal[]::new));
        }

        @Override
        public void addSignalListener(SignalListener listener) {
            addSignalListener(
                    listener, EnumSet.allOf(org.apache.karaf.shell.api.console.Signal.class));
        }

        @Override
        public void removeSignalListener(SignalListener listener) {
            for (org.apache.karaf.shell.api.console.Signal signal :
                    org.apache.karaf.shell.api.console.Signal.values()) {
                handle(jline(signal), SignalHandler.SIG_IGN);
            }
        }

        private static Signal jline(org.apache.karaf.shell.api.console.Signal signal) {
            return Signal.valueOf(signal.name());
        }
    }
}
