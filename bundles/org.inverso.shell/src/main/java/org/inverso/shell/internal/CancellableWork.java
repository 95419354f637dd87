/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.inverso.api.CancelledException;
import org.inverso.api.Progress;

/**
 * Work of a command in a thread of its own. An interrupt of the command, which Ctrl-C becomes,
 * cancels the work instead of interrupting it, so that it can save what it has.
 */
final class CancellableWork implements Progress {

    private static final long TERMINAL_MILLIS = 200;
    private static final long PIPE_MILLIS = 30_000;

    private final Console console;
    private volatile double fraction;
    private volatile String activity = "";
    private volatile boolean cancelled;

    private CancellableWork(Console console) {
        this.console = console;
    }

    /**
     * Works, and shows how far it is: as a line at the bottom of a terminal, or now and then as a
     * line in a file or a pipe.
     *
     * @throws CancelledException when the command was interrupted
     */
    static <T> T run(Console console, Function<Progress, T> work) {
        CancellableWork progress = new CancellableWork(console);
        FutureTask<T> task = new FutureTask<>(() -> work.apply(progress));
        Thread thread = new Thread(task, "inverso-work");
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        return progress.await(task);
    }

    private <T> T await(FutureTask<T> task) {
        ProgressLine line = new ProgressLine(console.err(), console.errColumns());
        try {
            while (true) {
                try {
                    return task.get(
                            line.visible() ? TERMINAL_MILLIS : PIPE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    show(line);
                } catch (InterruptedException e) {
                    cancelled = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            line.clear();
        }
    }

    private void show(ProgressLine line) {
        String what = cancelled ? "saving" : activity;
        if (line.visible()) {
            line.show(fraction, what);
        } else if (!what.isEmpty()) {
            console.err().printf("%3d%% %s%n", Math.round(100 * fraction), what);
        }
    }

    @Override
    public void report(double done, String what) {
        fraction = done;
        activity = what;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }
}
