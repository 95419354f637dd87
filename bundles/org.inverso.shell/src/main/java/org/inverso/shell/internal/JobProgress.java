/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.inverso.api.Job;

/**
 * Waits for jobs, and shows how far they are.
 *
 * @param count of jobs that the command has
 */
record JobProgress(ProgressLine line, int count) {

    private static final long MILLIS = 100;

    /**
     * The job's result; what the job failed with is thrown. An interrupt cancels it.
     *
     * @param name of what it is about
     * @param index of the job among all
     */
    <T> T await(Job<T> job, String name, int index) throws InterruptedException {
        try {
            while (true) {
                try {
                    return line.visible()
                            ? job.result().get(MILLIS, TimeUnit.MILLISECONDS)
                            : job.result().get();
                } catch (TimeoutException e) {
                    line.show((index + job.fraction()) / count, name + ": " + job.activity());
                }
            }
        } catch (InterruptedException e) {
            job.cancel();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
