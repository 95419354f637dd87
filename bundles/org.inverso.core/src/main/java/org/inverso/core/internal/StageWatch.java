/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.inverso.api.Stage;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pool in step with the service registry.
 *
 * <p>Service events are synchronous: while {@link #removedService} waits for the running requests,
 * the bundle that takes its service away is held up and its stage stays whole.
 */
final class StageWatch implements ServiceTrackerCustomizer<Object, List<StageEntry>> {

    private static final Logger LOG = LoggerFactory.getLogger(StageWatch.class);

    private final BundleContext context;
    private final StagePool pool;
    private final Supplier<Duration> drainBound;
    private final Supplier<Duration> waitBound;
    private final BundleListener uninstalled = this::giveUp;
    private final ServiceTracker<Object, List<StageEntry>> tracker;

    /**
     * @param drainBound for the requests of a stage that goes away; asked anew each time
     * @param waitBound for its successor, from the end of its last request; asked anew each time
     */
    StageWatch(
            BundleContext context,
            StagePool pool,
            Supplier<Duration> drainBound,
            Supplier<Duration> waitBound) {
        this.context = context;
        this.pool = pool;
        this.drainBound = drainBound;
        this.waitBound = waitBound;
        this.tracker = new ServiceTracker<>(context, anyKind(), this);
    }

    void open() {
        context.addBundleListener(uninstalled);
        tracker.open();
    }

    /** Waits for the leases of all stages, each bounded. */
    void close() {
        tracker.close();
        context.removeBundleListener(uninstalled);
    }

    private void giveUp(BundleEvent event) {
        if (event.getType() == BundleEvent.UNINSTALLED) {
            pool.giveUp(event.getBundle().getSymbolicName());
        }
    }

    private static Filter anyKind() {
        String filter =
                StageKind.ALL.stream()
                        .map(
                                kind ->
                                        "("
                                                + Constants.OBJECTCLASS
                                                + "="
                                                + kind.type().getName()
                                                + ")")
                        .collect(Collectors.joining("", "(|", ")"));
        try {
            return FrameworkUtil.createFilter(filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(filter, e);
        }
    }

    @Override
    public List<StageEntry> addingService(ServiceReference<Object> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle == null || !(context.getService(reference) instanceof Stage stage)) {
            return null;
        }
        StageEntry.Origin origin =
                new StageEntry.Origin(
                        bundle.getSymbolicName(),
                        bundle.getVersion().toString(),
                        (Long) reference.getProperty(Constants.SERVICE_ID));
        Set<String> names =
                Set.copyOf(Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS)));
        List<StageEntry> entries = new ArrayList<>();
        try {
            for (StageKind<?> kind : StageKind.ALL) {
                if (names.contains(kind.type().getName())) {
                    entries.add(new StageEntry(kind, stage, origin, ranking(reference)));
                }
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Stage of {} {} cannot be used", origin.bundle(), origin.version(), e);
            context.ungetService(reference);
            return null;
        }
        for (StageEntry entry : entries) {
            pool.add(entry);
            LOG.debug("{} is there", entry);
        }
        return entries;
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, List<StageEntry> entries) {
        entries.forEach(entry -> pool.rank(entry, ranking(reference)));
    }

    @Override
    public void removedService(ServiceReference<Object> reference, List<StageEntry> entries) {
        Duration bound = drainBound.get();
        Duration wait = waitBound.get();
        // The successor cannot come before the last request has gone.
        entries.forEach(entry -> pool.withdraw(entry, bound.plus(wait)));
        for (StageEntry entry : entries) {
            int held = pool.drain(entry, bound);
            if (held > 0) {
                LOG.warn(
                        "{} goes away although {} requests still use it after {} ms; raise"
                                + " drainMillis in org.inverso.core.stages if they need longer",
                        entry,
                        held,
                        bound.toMillis());
            }
        }
        entries.forEach(entry -> pool.expect(entry, wait));
        context.ungetService(reference);
    }

    private static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking
                ? ranking
                : 0;
    }
}
