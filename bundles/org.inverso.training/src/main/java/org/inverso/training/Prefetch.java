/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Makes batches ahead of time, in a thread of its own.
 *
 * @param <B> type of a batch
 */
final class Prefetch<B> implements AutoCloseable {

    private static final int AHEAD = 4;

    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "batches");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final Deque<Future<B>> ahead = new ArrayDeque<>();
    private final LongFunction<B> source;
    private long next;

    /**
     * @param source of the batch of a number
     */
    Prefetch(LongFunction<B> source) {
        this.source = source;
    }

    B next() {
        while (ahead.size() < AHEAD) {
            long number = next++;
            ahead.add(worker.submit(() -> source.apply(number)));
        }
        try {
            return ahead.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
