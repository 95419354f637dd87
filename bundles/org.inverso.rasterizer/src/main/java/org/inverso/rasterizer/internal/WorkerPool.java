/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * A fixed set of daemon threads that help callers through index ranges. The caller works too, so a
 * pool of n threads owns n - 1; it goes on alone when the pool is closed or busy with others. Which
 * thread does an index is left to chance: tasks must write to places that depend on the index only.
 *
 * <p>Running a job allocates nothing: it uses atomic numbers, and to sleep monitors, whose wait
 * queues are not Java objects.
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

    /** What a job's gate can count. */
    private static final int MOST_THREADS = 1 << 14;

    /** How long a thread looks for the end of a pass before it sleeps; about one wake-up. */
    private static final int SPINS = 300;

    /**
     * How long a helper looks for the next pass before it sleeps, some 50 microseconds: the passes
     * of one rendering follow one another faster than a sleeping thread wakes up.
     */
    private static final int SPINS_BETWEEN_PASSES = 1000;

    private final int threads;

    /** Jobs with a pass under way, for helpers that have slept. */
    private final List<Job> open = new ArrayList<>();

    private volatile boolean closed;

    /** Counts what helpers may wait for. */
    private volatile int posted;

    /** The last job that was posted, for helpers that look for it without a monitor. */
    private volatile Job latest;

    /**
     * @param threads that work on a pass at most, the caller included; at least 1
     */
    public WorkerPool(int threads, String name) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "threads must be 1 to " + MOST_THREADS + ", not " + threads);
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
    void run(Job job, Task task, int count) {
        job.begin(task, count);
        boolean shared = threads > 1 && count > 1 && post(job);
        job.work(0);
        if (shared) {
            job.close();
            synchronized (this) {
                open.remove(job);
            }
            awaitHelpers(job);
        }
        job.finish();
    }

    private synchronized boolean post(Job job) {
        if (closed) {
            return false;
        }
        job.open();
        open.add(job);
        latest = job;
        posted++;
        notifyAll();
        return true;
    }

    private void awaitHelpers(Job job) {
        for (int i = 0; i < SPINS && job.isActive(); i++) {
            Thread.onSpinWait();
        }
        if (!job.isActive()) {
            return;
        }
        boolean interrupted = false;
        synchronized (this) {
            job.awaited = true;
            while (job.isActive()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            job.awaited = false;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void help() {
        int seen = posted;
        while (!closed) {
            for (int i = 0; i < SPINS_BETWEEN_PASSES && posted == seen; i++) {
                Thread.onSpinWait();
            }
            if (posted == seen) {
                seen = sleep();
            } else {
                seen = posted;
                help(latest);
            }
        }
    }

    /**
     * Helps with what is under way, else sleeps until something is posted; returns what was seen.
     */
    private int sleep() {
        Job late = null;
        int worker = -1;
        int seen;
        synchronized (this) {
            seen = posted;
            // An iterator would be an object.
            for (int i = 0; i < open.size() && worker < 0; i++) {
                late = open.get(i);
                worker = late.join();
            }
            try {
                if (worker < 0 && !closed) {
                    wait();
                }
            } catch (InterruptedException e) {
                // Nobody else knows these threads; only close() ends them.
                return seen;
            }
        }
        if (worker >= 0) {
            help(late, worker);
        }
        return seen;
    }

    private void help(Job job) {
        int worker = job.join();
        if (worker >= 0) {
            help(job, worker);
        }
    }

    private void help(Job job, int worker) {
        job.work(worker);
        if (job.leave()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Lets the threads end. Passes that run finish; later ones run on their caller alone. */
    @Override
    public synchronized void close() {
        closed = true;
        posted++;
        notifyAll();
    }
}
