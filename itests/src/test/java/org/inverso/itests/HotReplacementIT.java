/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.propagateSystemProperties;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.CategoryRegistry.CategoryStatus;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport.StageRun;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.api.StageRegistry;
import org.inverso.api.StageRegistry.StageInfo;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Clients reconstruct without a pause while the bundles of all stages and categories are updated in
 * turn, again and again. No request is lost, none sees two versions or a set of versions that was
 * never there, and nothing of the old ones is left in memory.
 *
 * <p>How long: {@value #SECONDS} and {@value #UPDATES}, whichever takes longer.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotReplacementIT {

    private static final String SECONDS = "inverso.replacement.seconds";
    private static final String UPDATES = "inverso.replacement.updates";
    private static final int CLIENTS = 4;
    private static final String CATEGORY_KIND = "CategoryModel";
    private static final List<String> PHOTOS =
            List.of("car.jpg", "car-rear.jpg", "suv.jpg", "van.jpg");

    /** A loader may be held for a moment by a thread that has just done something else. */
    private static final long LOADER_TOLERANCE = 2;

    /** Caches, compiled code and statistics grow a little; one leaked model has more than this. */
    private static final long HEAP_TOLERANCE = 6 << 20;

    @Inject private BundleContext context;
    @Inject private Reconstructor reconstructor;
    @Inject private StageRegistry stages;
    @Inject private CategoryRegistry categories;

    /** By symbolic name. */
    private final Map<String, Bundle> bundles = new TreeMap<>();

    /** Symbolic name of the bundle behind each stage, by kind and id. */
    private final Map<String, String> bundleOf = new HashMap<>();

    /** What the versions were after each update, and what they will be after one under way. */
    private final List<Map<String, String>> history = new ArrayList<>();

    private final AtomicInteger reconstructed = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private int updates;

    @Configuration
    public Option[] distribution() {
        return Distribution.options(
                propagateSystemProperties(SECONDS, UPDATES),
                editConfigurationFilePut("etc/org.inverso.core.jobs.cfg", "parallelism", "2"),
                // What is tested is that nothing is lost, not how fast the machine is.
                editConfigurationFilePut("etc/org.inverso.core.stages.cfg", "waitMillis", "300000"),
                editConfigurationFilePut(
                        "etc/org.inverso.core.stages.cfg", "drainMillis", "300000"));
    }

    @After
    public void logIsClean() throws IOException {
        assertEquals("unexpected lines in the log", List.of(), Distribution.trouble());
    }

    @Test
    public void requestsGoOnWhileEverythingIsReplaced() throws Exception {
        findBundles();
        // Caches fill and lazy classes load in the first round; the second one must add nothing.
        LiveMemory before = phase(0, bundles.size());
        LiveMemory after =
                phase(
                        Integer.getInteger(SECONDS, 40),
                        Integer.getInteger(UPDATES, 2 * bundles.size()));

        System.out.printf(
                "HotReplacementIT: %d requests during %d updates of %d bundles; before %s, after %s%n",
                reconstructed.get(), updates, bundles.size(), before, after);
        assertEquals(
                "no old bundle is left", Set.of(), Set.copyOf(wiring().getRemovalPendingBundles()));
        assertTrue(
                "class loaders of bundles: " + before + ", " + after,
                after.bundleLoaders() <= before.bundleLoaders() + LOADER_TOLERANCE);
        assertTrue(
                "heap: " + before + ", " + after, after.bytes() <= before.bytes() + HEAP_TOLERANCE);
    }

    private void findBundles() {
        Map<String, String> versions = new HashMap<>();
        for (StageInfo stage : stages.stages()) {
            Bundle bundle =
                    Arrays.stream(context.getBundles())
                            .filter(b -> stage.bundle().equals(b.getSymbolicName()))
                            .findFirst()
                            .orElseThrow();
            bundles.put(stage.bundle(), bundle);
            bundleOf.put(stage.kind().toLowerCase() + " " + stage.id(), stage.bundle());
            versions.put(
                    stage.bundle(),
                    stage.kind().equals(CATEGORY_KIND) ? category(stage.id()) : stage.version());
        }
        assertTrue("stages of all kinds: " + bundles.keySet(), bundles.size() >= 11);
        history.add(versions);
    }

    private String category(String id) {
        return categories.categories().stream()
                .filter(c -> c.id().equals(id) && c.state().equals("active"))
                .map(CategoryStatus::version)
                .findFirst()
                .orElseThrow();
    }

    /** Replaces under load, and says what is in memory when the load has gone. */
    private LiveMemory phase(int seconds, int atLeast) throws Exception {
        stopped.set(false);
        int last = updates + atLeast;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(client(i)));
            }
            List<String> names = List.copyOf(bundles.keySet());
            while (updates < last || System.nanoTime() < end) {
                replace(names.get(updates % names.size()));
            }
            stopped.set(true);
            for (Future<Void> client : running) {
                client.get(Distribution.PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            stopped.set(true);
            clients.shutdownNow();
        }
        // With all stages in their last versions.
        for (String photo : PHOTOS) {
            reconstruct(photo, "last");
        }
        return LiveMemory.measure();
    }

    private Callable<Void> client(int number) {
        return () -> {
            for (int i = number; !stopped.get(); i++) {
                reconstruct(PHOTOS.get(i % PHOTOS.size()), "client-" + number + "-" + i);
            }
            return null;
        };
    }

    private void reconstruct(String photo, String name) throws Exception {
        int from = knownVersions() - 1;
        ReconstructionRequest request =
                new ReconstructionRequest(
                        name,
                        Distribution.example(photo),
                        Optional.empty(),
                        ReconstructionRequest.AUTO,
                        List.of("glb"),
                        50,
                        256,
                        0);
        Reconstruction result =
                reconstructor
                        .submit(request)
                        .result()
                        .get(Distribution.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(name, result.files().get("glb").length > 0);
        requireOneSetOfVersions(name, versions(name, result), from);
        reconstructed.incrementAndGet();
    }

    /** Versions of the bundles that a report names. */
    private Map<String, String> versions(String name, Reconstruction result) {
        Map<String, String> versions = new HashMap<>();
        for (StageRun run : result.report().stages()) {
            String bundle = bundleOf.get(run.kind().toLowerCase() + " " + run.id());
            assertTrue(name + ": an unknown stage " + run, bundle != null);
            String other = versions.put(bundle, run.version());
            assertTrue(
                    name + " mixes " + other + " and " + run,
                    other == null || other.equals(run.version()));
        }
        String category =
                bundleOf.get((CATEGORY_KIND + " " + result.report().category()).toLowerCase());
        versions.put(category, result.report().categoryVersion());
        return versions;
    }

    /** All of the versions must have been there at one moment while the request was running. */
    private void requireOneSetOfVersions(String name, Map<String, String> used, int from) {
        synchronized (history) {
            // Before the request was submitted an update may have been under way.
            for (int i = Math.max(0, from - 1); i < history.size(); i++) {
                if (history.get(i).entrySet().containsAll(used.entrySet())) {
                    return;
                }
            }
        }
        throw new AssertionError(name + " mixes versions that were never there at once: " + used);
    }

    private int knownVersions() {
        synchronized (history) {
            return history.size();
        }
    }

    private void replace(String name) throws Exception {
        Bundle bundle = bundles.get(name);
        updates++;
        boolean category = name.startsWith("org.inverso.category.");
        String version = "1.1." + updates;
        JarCopy copy =
                new JarCopy(Distribution.jarOf(bundle)).header(Constants.BUNDLE_VERSION, version);
        if (category) {
            copy.change("category.json", json -> withVersion(json, version));
        }
        Path jar = copy.write(Files.createTempFile("update", ".jar"));
        synchronized (history) {
            Map<String, String> next = new HashMap<>(history.get(history.size() - 1));
            next.put(name, version);
            history.add(next);
        }
        try (InputStream in = Files.newInputStream(jar)) {
            bundle.update(in);
        } finally {
            Files.delete(jar);
        }
        refresh(bundle);
        assertEquals(name, Bundle.ACTIVE, bundle.getState());
        assertEquals(name, version, bundle.getVersion().toString());
    }

    /** Lets go of an old revision whose classes others use: they get the new ones. */
    private void refresh(Bundle bundle) throws InterruptedException {
        FrameworkWiring wiring = wiring();
        if (wiring.getRemovalPendingBundles().isEmpty()) {
            return;
        }
        Set<String> restarted = new TreeSet<>();
        wiring.getDependencyClosure(List.of(bundle))
                .forEach(b -> restarted.add(b.getSymbolicName()));
        for (String stays : Distribution.MUST_STAY) {
            assertTrue(stays + " among " + restarted, !restarted.contains(stays));
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring.refreshBundles(
                List.of(bundle),
                event -> {
                    if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                        refreshed.countDown();
                    }
                });
        assertTrue(refreshed.await(Distribution.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static byte[] withVersion(byte[] descriptor, String version) {
        String json = new String(descriptor, StandardCharsets.UTF_8);
        String changed = json.replaceFirst("(\"version\"\\s*:\\s*\")[^\"]*", "$1" + version);
        assertTrue("the descriptor has a version", !changed.equals(json));
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }
}
