/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Opens when all bundles of the distribution and of {@code deploy/} have had their chance to start.
 */
final class StartGate {
    private final BundleContext context;

    StartGate(BundleContext context) {
        this.context = context;
    }

    void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        awaitStartLevel(end);
        awaitDeployed(end);
    }

    private void awaitStartLevel(long end) throws InterruptedException {
        int beginning =
                Integer.parseInt(
                        System.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "100"));
        FrameworkStartLevel level =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                        .adapt(FrameworkStartLevel.class);
        CountDownLatch reached = new CountDownLatch(1);
        FrameworkListener listener =
                event -> {
                    if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED
                            && level.getStartLevel() >= beginning) {
                        reached.countDown();
                    }
                };
        context.addFrameworkListener(listener);
        try {
            if (level.getStartLevel() < beginning) {
                reached.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } finally {
            context.removeFrameworkListener(listener);
        }
    }

    /** File install works through the folder on a thread of its own. */
    private void awaitDeployed(long end) throws InterruptedException {
        Set<String> missing = deployedFiles();
        if (missing.isEmpty()) {
            return;
        }
        CountDownLatch none = new CountDownLatch(1);
        BundleListener listener =
                event -> {
                    if (event.getType() == BundleEvent.STARTED && removeActive(missing)) {
                        none.countDown();
                    }
                };
        context.addBundleListener(listener);
        try {
            if (!removeActive(missing)) {
                long patience = Math.min(end - System.nanoTime(), Duration.ofSeconds(10).toNanos());
                none.await(patience, TimeUnit.NANOSECONDS);
            }
        } finally {
            context.removeBundleListener(listener);
        }
    }

    private boolean removeActive(Set<String> files) {
        synchronized (files) {
            for (Bundle bundle : context.getBundles()) {
                if (bundle.getState() == Bundle.ACTIVE) {
                    String location = bundle.getLocation();
                    files.remove(location.substring(location.lastIndexOf('/') + 1));
                }
            }
            return files.isEmpty();
        }
    }

    private Set<String> deployedFiles() {
        Set<String> files = new HashSet<>();
        Path folder = Path.of(System.getProperty("karaf.base", "."), "deploy");
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .forEach(files::add);
        } catch (IOException e) {
            // No such folder: nothing to wait for.
            return files;
        }
        return files;
    }
}
