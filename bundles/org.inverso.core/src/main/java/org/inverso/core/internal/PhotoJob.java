/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.inverso.api.CancelledException;
import org.inverso.api.InversoException;
import org.inverso.api.Job;
import org.inverso.api.Progress;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request in the queue. */
final class PhotoJob implements Job<Reconstruction>, Progress, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(PhotoJob.class);

    /** What a job needs of its queue. */
    interface Host {

        /** Leases the stages and runs the pipeline. */
        Reconstruction reconstruct(ReconstructionRequest request, Progress progress);

        /** The job was cancelled; it may be waiting in the queue or for stages. */
        void cancelled(PhotoJob job);
    }

    private final long id;
    private final ReconstructionRequest request;
    private final Host host;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Reconstruction> result = new CompletableFuture<>();
    private volatile boolean cancelled;
    private volatile double fraction;
    private volatile String activity = "waiting";

    PhotoJob(long id, ReconstructionRequest request, Host host) {
        this.id = id;
        this.request = request;
        this.host = host;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public State state() {
        return state.get();
    }

    @Override
    public double fraction() {
        return fraction;
    }

    @Override
    public String activity() {
        return activity;
    }

    @Override
    public CompletableFuture<Reconstruction> result() {
        return result;
    }

    @Override
    public void report(double done, String what) {
        // Only the thread that runs the job writes; it may tell less than was told before.
        fraction = Math.max(fraction, Math.min(1, done));
        activity = what;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void cancel() {
        cancelled = true;
        if (state.compareAndSet(State.WAITING, State.CANCELLED)) {
            activity = "cancelled";
            result.completeExceptionally(new CancelledException());
        }
        host.cancelled(this);
    }

    @Override
    public void run() {
        if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
            return;
        }
        try {
            Reconstruction reconstruction = host.reconstruct(request, this);
            fraction = 1;
            end(State.DONE, "done");
            LOG.info(
                    "{}: {}, mask IoU {}, {} s",
                    request.name(),
                    reconstruction.report().category(),
                    Math.round(1000 * reconstruction.report().maskIou()) / 1000.0,
                    Math.round(1000 * reconstruction.report().seconds()) / 1000.0);
            result.complete(reconstruction);
        } catch (CancelledException e) {
            end(State.CANCELLED, "cancelled");
            LOG.info("{}: cancelled", request.name());
            result.completeExceptionally(e);
        } catch (InversoException e) {
            end(State.FAILED, "failed");
            LOG.info("Reconstruction failed: {}", e.getMessage());
            result.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            end(State.FAILED, "failed");
            LOG.error("{}: failed", request.name(), e);
            result.completeExceptionally(
                    new InversoException(request.name() + ": failed unexpectedly: " + e, e));
        }
    }

    private void end(State last, String what) {
        activity = what;
        state.set(last);
    }
}
