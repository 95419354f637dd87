/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed set of daemon threads that help callers through index ranges. The caller works too, so a
 * pool of n threads owns n - 1; it goes on alone when the pool is closed or busy with others. Which
 * thread does an index is left to chance: tasks must write to places that depend on the index only.
 *
 * <p>Running a job allocates nothing: it uses monitors, whose wait queues are not Java objects.
 */
public final class WorkerPool implements AutoCloseable {

    /** Work on one index of a range. */
    public interface Task {
        /**
         * @param index from 0 to the job's count
         * @param worker from 0 to {@link #threads()}, no two at the same time in one job
         */
        void run(int index, int worker);
    }

    /** How long a thread looks for the end of a pass before it sleeps; about one wake-up. */
    private static final int SPINS = 300;

    /**
     * How long a helper looks for the next pass before it sleeps, some 50 microseconds: the passes
     * of one rendering follow one another faster than a sleeping thread wakes up.
     */
    private static final int SPINS_BETWEEN_PASSES = 1000;

    /** One caller's passes, reused from pass to pass. */
    public static final class Job {
        private final AtomicInteger next = new AtomicInteger();
        private Task task;
        private int count;
        private int joined;
        private volatile int active;
        private volatile Throwable failure;

        private void work(int worker) {
            Task t = task;
            int n = count;
            try {
                for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
                    t.run(i, worker);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
                next.set(n);
            }
        }
    }

    private final int threads;
    private final List<Job> open = new ArrayList<>();
    private boolean closed;

    /** Counts what helpers may wait for. */
    private volatile int posted;

    /**
     * @param threads that work on a pass at most, the caller included; at least 1
     */
    public WorkerPool(int threads, String name) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        this.threads = threads;
        for (int i = 1; i < threads; i++) {
            Thread thread = new Thread(this::help, name + "-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Threads that work on a pass at most, the caller included. */
    public int threads() {
        return threads;
    }

    /** Runs the task for all indices from 0 to count and returns when all are done. */
    public void run(Job job, Task task, int count) {
        job.task = task;
        job.count = count;
        job.joined = 1;
        job.failure = null;
        job.next.set(0);
        boolean shared = threads > 1 && count > 1;
        if (shared) {
            synchronized (this) {
                shared = !closed;
                if (shared) {
                    open.add(job);
                    posted++;
                    notifyAll();
                }
            }
        }
        job.work(0);
        if (shared) {
            synchronized (this) {
                open.remove(job);
            }
            awaitHelpers(job);
        }
        Throwable failure = job.failure;
        job.task = null;
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void awaitHelpers(Job job) {
        for (int i = 0; i < SPINS && job.active > 0; i++) {
            Thread.onSpinWait();
        }
        boolean interrupted = false;
        synchronized (this) {
            while (job.active > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void help() {
        while (true) {
            Job job;
            int worker;
            int seen;
            synchronized (this) {
                job = joinable();
                while (job == null) {
                    if (closed) {
                        return;
                    }
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        // Nobody else knows these threads; only close() ends them.
                        continue;
                    }
                    job = joinable();
                }
                worker = job.joined++;
                seen = posted;
                job.active++;
            }
            job.work(worker);
            synchronized (this) {
                job.active--;
                notifyAll();
            }
            for (int i = 0; i < SPINS_BETWEEN_PASSES && posted == seen; i++) {
                Thread.onSpinWait();
            }
        }
    }

    private Job joinable() {
        // An iterator would be an object.
        for (int i = 0; i < open.size(); i++) {
            Job job = open.get(i);
            if (job.joined < threads && job.next.get() < job.count) {
                return job;
            }
        }
        return null;
    }

    /** Lets the threads end. Passes that run finish; later ones run on their caller alone. */
    @Override
    public synchronized void close() {
        closed = true;
        posted++;
        notifyAll();
    }
}
