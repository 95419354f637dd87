/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Threads of a test that are expected to block, and are ended with it. */
final class BackgroundThreads implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();

    <T> CompletableFuture<T> run(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                result.complete(work.call());
                            } catch (Exception e) {
                                result.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return result;
    }

    /** Returns when the last thread waits for something; the test's time limit bounds it. */
    void awaitBlocked() {
        Thread last = threads.get(threads.size() - 1);
        while (last.getState() != Thread.State.WAITING
                && last.getState() != Thread.State.TIMED_WAITING) {
            if (last.getState() == Thread.State.TERMINATED) {
                throw new AssertionError("the thread ended instead of waiting");
            }
            Thread.yield();
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
