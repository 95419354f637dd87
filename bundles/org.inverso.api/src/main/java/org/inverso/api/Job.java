/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.concurrent.CompletableFuture;

/** Work under way. */
public interface Job<T> {

    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /** Unique within the process. */
    long id();

    State state();

    /** Part of the work that is done, 0 to 1. */
    double fraction();

    /** What is being done now, in a few words. */
    String activity();

    /** Asks the work to end soon; the result then completes with a {@link CancelledException}. */
    void cancel();

    /** Completes with the result, or exceptionally with an {@link InversoException}. */
    CompletableFuture<T> result();
}
