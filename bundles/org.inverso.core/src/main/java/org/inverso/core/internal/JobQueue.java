/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.inverso.api.InversoException;
import org.inverso.api.Job;
import org.inverso.api.Progress;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.core.Pipeline;

/** Runs requests in the order of their arrival, a few at a time. */
final class JobQueue implements Reconstructor, PhotoJob.Host {

    /** How long a cancelled job gets to notice, at the end. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * @param parallelism requests that run at once
     * @param waitBound how long a request waits for a missing stage
     */
    record Settings(Pipeline pipeline, int parallelism, Supplier<Duration> waitBound) {

        Settings {
            Objects.requireNonNull(pipeline, "pipeline");
            if (parallelism < 1) {
                throw new IllegalArgumentException("parallelism must be at least 1");
            }
        }
    }

    private final StagePool pool;
    private final ThreadPoolExecutor executor;
    private final AtomicLong lastId = new AtomicLong();
    private final Set<PhotoJob> jobs = ConcurrentHashMap.newKeySet();
    private volatile Settings settings;

    JobQueue(StagePool pool, Settings settings) {
        this.pool = pool;
        this.settings = settings;
        AtomicLong thread = new AtomicLong();
        this.executor =
                new ThreadPoolExecutor(
                        settings.parallelism(),
                        settings.parallelism(),
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> thread(work, thread.incrementAndGet()));
    }

    private static Thread thread(Runnable work, long number) {
        Thread thread = new Thread(work, "inverso-request-" + number);
        // Else it would keep the class loader of whoever happened to submit first.
        thread.setContextClassLoader(JobQueue.class.getClassLoader());
        return thread;
    }

    /** Jobs that start from now on follow the new settings. */
    synchronized void configure(Settings newSettings) {
        settings = newSettings;
        int size = newSettings.parallelism();
        // The core may at no time be larger than the maximum.
        if (size > executor.getMaximumPoolSize()) {
            executor.setMaximumPoolSize(size);
            executor.setCorePoolSize(size);
        } else {
            executor.setCorePoolSize(size);
            executor.setMaximumPoolSize(size);
        }
    }

    @Override
    public Job<Reconstruction> submit(ReconstructionRequest request) {
        PhotoJob job = new PhotoJob(lastId.incrementAndGet(), request, this);
        jobs.add(job);
        job.result().whenComplete((result, failure) -> jobs.remove(job));
        try {
            executor.execute(job);
        } catch (RejectedExecutionException e) {
            jobs.remove(job);
            throw new InversoException(
                    request.name() + ": not accepted, the reconstructor is stopping; try again", e);
        }
        return job;
    }

    @Override
    public Reconstruction reconstruct(ReconstructionRequest request, Progress progress) {
        Settings current = settings;
        progress.report(0, "waiting for stages");
        try (Lease lease =
                pool.lease(Demand.of(request), current.waitBound().get(), progress::cancelled)) {
            return current.pipeline()
                    .run(
                            request,
                            lease.stages(),
                            progress,
                            category -> lease.keepCategory(category.id()));
        }
    }

    @Override
    public void cancelled(PhotoJob job) {
        executor.remove(job);
        pool.wake();
    }

    /**
     * Takes no more requests, cancels those that did not start, and lets running ones end.
     *
     * @param bound after which running ones are cancelled too
     * @return whether all threads have ended
     */
    boolean close(Duration bound) {
        executor.shutdown();
        jobs.stream().filter(job -> job.state() == Job.State.WAITING).forEach(PhotoJob::cancel);
        try {
            if (executor.awaitTermination(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            jobs.forEach(PhotoJob::cancel);
            return executor.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            jobs.forEach(PhotoJob::cancel);
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
