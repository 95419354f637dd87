/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.inverso.api.StageRegistry;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches all stages, and lends them to requests. */
@Component(
        service = {StageRegistry.class, LeasingStageRegistry.class},
        immediate = true,
        configurationPid = LeasingStageRegistry.PID)
@Designate(ocd = StageConfig.class)
public final class LeasingStageRegistry implements StageRegistry {

    static final String PID = "org.inverso.core.stages";

    private static final Logger LOG = LoggerFactory.getLogger(LeasingStageRegistry.class);

    private record Bounds(Duration missing, Duration drain) {

        static Bounds of(StageConfig config) {
            if (config.waitMillis() < 0 || config.drainMillis() < 0) {
                throw new IllegalArgumentException(
                        PID + ": waitMillis and drainMillis must not be negative");
            }
            return new Bounds(
                    Duration.ofMillis(config.waitMillis()),
                    Duration.ofMillis(config.drainMillis()));
        }
    }

    private final StagePool pool = new StagePool();
    private final StageWatch watch;
    private volatile Bounds bounds;

    @Activate
    public LeasingStageRegistry(
            BundleContext context, StageConfig config, Map<String, Object> properties) {
        configure(config, properties);
        watch = new StageWatch(context, pool, () -> bounds.drain(), () -> bounds.missing());
        watch.open();
    }

    @Modified
    void modified(StageConfig config, Map<String, Object> properties) {
        configure(config, properties);
    }

    @Deactivate
    void close() {
        watch.close();
    }

    private void configure(StageConfig config, Map<String, Object> properties) {
        bounds = Bounds.of(config);
        warnOfUnknown(properties.keySet());
        pool.choose(StageChoice.of(properties));
    }

    /** A typo must not silently leave the choice to ranking. */
    private static void warnOfUnknown(Set<String> keys) {
        Set<String> known =
                StageKind.ALL.stream()
                        .map(StageKind::configKey)
                        .collect(Collectors.toCollection(TreeSet::new));
        known.add("waitMillis");
        known.add("drainMillis");
        for (String key : new TreeSet<>(keys)) {
            // Names with a dot belong to the framework, for example service.pid.
            if (!key.contains(".") && !known.contains(key)) {
                LOG.warn("{}: unknown property '{}'; known are {}", PID, key, known);
            }
        }
    }

    StagePool pool() {
        return pool;
    }

    /** How long a request waits for a missing stage. */
    Duration waitBound() {
        return bounds.missing();
    }

    @Override
    public List<StageInfo> stages() {
        return pool.snapshot().stream().map(LeasingStageRegistry::info).toList();
    }

    private static StageInfo info(StagePool.Snapshot snapshot) {
        StageEntry entry = snapshot.entry();
        return new StageInfo(
                entry.kind().name(),
                entry.id(),
                entry.origin().bundle(),
                entry.origin().version(),
                said(entry.stage()::device, "unknown"),
                said(entry.stage()::health, null),
                snapshot.ranking(),
                snapshot.leases(),
                snapshot.chosen());
    }

    /** A broken stage must not break the list that would show it. */
    private static String said(Supplier<String> question, String otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError e) {
            return otherwise != null ? otherwise : "failed: " + e;
        }
    }
}
