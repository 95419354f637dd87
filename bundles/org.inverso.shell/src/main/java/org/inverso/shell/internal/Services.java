/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.Optional;
import java.util.function.Function;
import org.inverso.api.InversoException;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Uses services for the time of one command, so that commands stay while services come and go. */
final class Services {
    private static final long WAIT_MILLIS = 10_000;

    private final BundleContext context;

    Services(BundleContext context) {
        this.context = context;
    }

    /**
     * Waits a while for the service, then uses it.
     *
     * @throws InversoException when there is none
     */
    <S, R> R use(Class<S> type, Function<S, R> work) throws InterruptedException {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        try {
            S service = tracker.waitForService(WAIT_MILLIS);
            if (service == null) {
                throw new InversoException(
                        "No service "
                                + type.getSimpleName()
                                + " is running; bundle:list and scr:list tell what is missing");
            }
            return work.apply(service);
        } finally {
            tracker.close();
        }
    }

    /** Uses the service if it is there now. */
    <S, R> Optional<R> useIfPresent(Class<S> type, Function<S, R> work) {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        try {
            return Optional.ofNullable(tracker.getService()).map(work);
        } finally {
            tracker.close();
        }
    }
}
