/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * One caller's passes on a {@link WorkerPool}, one after the other; reused from pass to pass.
 *
 * <p>A pass's indices are cut into as many shares as there are threads. A worker does its own share
 * first and then helps with the others'. So the same indices stay with the same core from pass to
 * pass, as long as nobody is late, and find there what the last pass has left in its cache.
 */
final class Job {
    /** Numbers between two cursors, so that no two are in one cache line. */
    private static final int LINE = 32;

    /** In {@link #gate}: that workers may join. */
    private static final int OPEN = 1 << 30;

    /** In {@link #gate}: one worker that has joined. Below it, those that have not left. */
    private static final int JOINED = 1 << 15;

    private static final int ACTIVE = JOINED - 1;

    private final int shares;

    /** Each share's next index. */
    private final AtomicIntegerArray next;

    private final AtomicInteger gate = new AtomicInteger();
    private WorkerPool.Task task;
    private int count;
    private volatile Throwable failure;

    /** Whether the caller sleeps until the last worker has left. */
    volatile boolean awaited;

    /**
     * @param threads of the pool
     */
    Job(int threads) {
        shares = threads;
        next = new AtomicIntegerArray(threads * LINE);
    }

    /** Begins a pass; none may be under way. */
    void begin(WorkerPool.Task passTask, int passCount) {
        task = passTask;
        count = passCount;
        failure = null;
        for (int share = 0; share < shares; share++) {
            next.set(share * LINE, end(share - 1));
        }
    }

    private int end(int share) {
        return (int) ((share + 1L) * count / shares);
    }

    /** Lets workers join. The caller is one already. */
    void open() {
        gate.set(OPEN + JOINED);
    }

    /** Joins the pass under way; returns the worker's number, or -1 when it is not wanted. */
    int join() {
        int seen = gate.get();
        while ((seen & OPEN) != 0) {
            int joined = (seen & ~OPEN) / JOINED;
            if (joined == shares) {
                return -1;
            }
            if (gate.compareAndSet(seen, seen + JOINED + 1)) {
                return joined;
            }
            seen = gate.get();
        }
        return -1;
    }

    /** Ends what {@link #join} began; returns whether the caller waits for that. */
    boolean leave() {
        return (gate.decrementAndGet() & (OPEN | ACTIVE)) == 0 && awaited;
    }

    /** Lets nobody join any more. */
    void close() {
        gate.addAndGet(-OPEN);
    }

    /** Whether some workers have not left. */
    boolean isActive() {
        return (gate.get() & ACTIVE) != 0;
    }

    /** Works until no index is left. */
    void work(int worker) {
        WorkerPool.Task t = task;
        try {
            for (int k = 0; k < shares; k++) {
                int share = (worker + k) % shares;
                int end = end(share);
                int cursor = share * LINE;
                for (int i = next.getAndIncrement(cursor);
                        i < end;
                        i = next.getAndIncrement(cursor)) {
                    t.run(i, worker);
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            for (int share = 0; share < shares; share++) {
                next.set(share * LINE, end(share));
            }
        }
    }

    /** Ends a pass when all workers have left; throws what a task has thrown. */
    void finish() {
        task = null;
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
