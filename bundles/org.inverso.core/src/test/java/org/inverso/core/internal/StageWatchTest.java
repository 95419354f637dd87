/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.inverso.api.Encoder;
import org.inverso.api.LatentCode;
import org.inverso.api.Recognition;
import org.inverso.api.Recognizer;
import org.inverso.api.Stage;
import org.inverso.api.StageUnavailableException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.core.FakeStages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The watch on a real framework, whose service events are synchronous. */
@Timeout(30)
class StageWatchTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir Path storage;

    private final StagePool pool = new StagePool();
    private final FakeStages fakes = new FakeStages(call -> {});
    private final BackgroundThreads threads = new BackgroundThreads();
    private volatile Duration drainBound = LONG;
    private volatile Duration waitBound = Duration.ZERO;
    private Framework framework;
    private BundleContext context;
    private StageWatch watch;

    @BeforeEach
    void startFramework() throws Exception {
        framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        storage.toString(),
                                        // All classes of the test are visible to the framework.
                                        Constants.FRAMEWORK_BUNDLE_PARENT,
                                        Constants.FRAMEWORK_BUNDLE_PARENT_APP));
        framework.start();
        context = framework.getBundleContext();
        watch = new StageWatch(context, pool, () -> drainBound, () -> waitBound);
        watch.open();
    }

    @AfterEach
    void stopFramework() throws Exception {
        drainBound = Duration.ZERO;
        threads.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    private ServiceRegistration<Encoder> register(String id, int ranking) {
        return context.registerService(Encoder.class, fakes.encoder(id), properties(id, ranking));
    }

    private static Dictionary<String, Object> properties(String id, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Stage.ID_PROPERTY, id);
        properties.put(Constants.SERVICE_RANKING, ranking);
        return properties;
    }

    private Lease lease() {
        return pool.lease(List.of(Demand.of(StageKind.ENCODER)), Duration.ZERO, () -> false);
    }

    private String leasedId() {
        try (Lease lease = lease()) {
            return lease.entries().get(0).id();
        }
    }

    @Test
    void servicesAreChosenByRankingAsItChanges() {
        ServiceRegistration<Encoder> a = register("a", 1);
        register("b", 2);
        assertThat(leasedId()).isEqualTo("b");

        a.setProperties(properties("a", 3));

        assertThat(leasedId()).isEqualTo("a");
    }

    @Test
    void servicesThatWereThereBeforeAreFound() {
        watch.close();
        register("early", 0);
        watch = new StageWatch(context, pool, () -> drainBound, () -> waitBound);
        watch.open();

        assertThat(leasedId()).isEqualTo("early");
    }

    @Test
    void unregistrationWaitsForTheRequestWhileOthersGetTheNextBest() throws Exception {
        ServiceRegistration<Encoder> old = register("old", 1);
        register("next", 0);
        Lease running = lease();

        CompletableFuture<Boolean> unregistered =
                threads.run(
                        () -> {
                            old.unregister();
                            return true;
                        });
        threads.awaitBlocked();

        assertThat(leasedId()).isEqualTo("next");
        assertThat(unregistered).isNotDone();
        running.close();
        assertThat(unregistered.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void unregistrationThatWaitsDoesNotHoldUpOthers() throws Exception {
        ServiceRegistration<Encoder> old = register("old", 1);
        Lease running = lease();
        CompletableFuture<Boolean> unregistered =
                threads.run(
                        () -> {
                            old.unregister();
                            return true;
                        });
        threads.awaitBlocked();

        ServiceRegistration<Encoder> fresh = register("fresh", 0);
        assertThat(leasedId()).isEqualTo("fresh");
        fresh.unregister();

        running.close();
        assertThat(unregistered.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void unregistrationGoesOnWhenTheBoundIsHit() {
        drainBound = Duration.ofMillis(20);
        ServiceRegistration<Encoder> old = register("old", 0);
        Lease stuck = lease();

        old.unregister();

        assertThat(pool.snapshot()).isEmpty();
        assertThat(stuck.entries().get(0).id()).isEqualTo("old");
    }

    @Test
    void serviceWithTwoKindsIsBoth() {
        class Both implements Encoder, Recognizer {

            @Override
            public String id() {
                return "both";
            }

            @Override
            public LatentCode encode(Crop crop, CategoryModel category) {
                throw new AssertionError("not called");
            }

            @Override
            public Recognition recognize(Photo photo, Matte matte) {
                throw new AssertionError("not called");
            }
        }
        context.registerService(
                new String[] {Encoder.class.getName(), Recognizer.class.getName()},
                new Both(),
                properties("both", 0));

        assertThat(pool.snapshot())
                .extracting(s -> s.entry().kind().name())
                .containsExactly("Recognizer", "Encoder");
    }

    @Test
    void stageThatCannotNameItselfIsLeftOut() {
        Encoder nameless =
                new Encoder() {
                    @Override
                    public String id() {
                        throw new IllegalStateException("no name");
                    }

                    @Override
                    public LatentCode encode(Crop crop, CategoryModel category) {
                        throw new AssertionError("not called");
                    }
                };

        context.registerService(Encoder.class, nameless, properties("nameless", 0));

        assertThat(pool.snapshot()).isEmpty();
    }

    @Test
    void requestsWaitForTheSuccessorOfAStageWhoseBundleIsUpdated() throws Exception {
        waitBound = LONG;
        Bundle bundle = bundle();
        registration(bundle).unregister();
        CompletableFuture<String> waiting = threads.run(this::leasedId);
        threads.awaitBlocked();

        registration(bundle);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("of-bundle");
    }

    @Test
    void nobodyWaitsForAStageWhoseBundleIsUninstalled() throws Exception {
        waitBound = LONG;
        Bundle bundle = bundle();
        registration(bundle);
        bundle.stop();
        CompletableFuture<String> waiting = threads.run(this::leasedId);
        threads.awaitBlocked();

        bundle.uninstall();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StageUnavailableException.class);
    }

    private ServiceRegistration<Encoder> registration(Bundle bundle) {
        return bundle.getBundleContext()
                .registerService(
                        Encoder.class, fakes.encoder("of-bundle"), properties("of-bundle", 0));
    }

    private Bundle bundle() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, "stage");
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        Bundle bundle = context.installBundle("stage", new ByteArrayInputStream(jar.toByteArray()));
        bundle.start();
        return bundle;
    }
}
