/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.inverso.api.CategoryRegistry.CategoryStatus;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CarFiles;
import org.inverso.category.CategoryJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** The extender in a real framework, with bundles made here. */
class CategoryExtenderTest {

    @TempDir Path folder;
    private Framework framework;
    private BundleContext context;
    private CategoryExtender extender;

    @BeforeEach
    void start() throws BundleException {
        framework =
                new FrameworkFactory()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        folder.resolve("framework").toString(),
                                        "felix.cache.locking",
                                        "false"));
        framework.start();
        context = framework.getBundleContext();
        extender =
                new CategoryExtender(context, new PreviousCategories(folder.resolve("previous")));
        extender.open();
    }

    @AfterEach
    void stop() throws Exception {
        extender.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void bundleBecomesAServiceOfItsOwnAndGoesWithIt() throws BundleException {
        Bundle bundle = install("car.jar", CarFiles.create().version("1.2.0"));
        bundle.start();

        ServiceReference<CategoryModel> reference =
                context.getServiceReference(CategoryModel.class);
        assertThat(reference.getBundle()).isEqualTo(bundle);
        assertThat(reference.getProperty("inverso.stage.id")).isEqualTo("car");
        assertThat(reference.getProperty("version")).isEqualTo("1.2.0");
        assertThat(context.getService(reference).weights("encoder")).isNotEmpty();
        CategoryStatus status = extender.categories().get(0);
        assertThat(status.state()).isEqualTo("active");
        assertThat(status.label()).isEqualTo("Car");
        assertThat(status.memoryBytes()).isPositive();

        bundle.stop();
        assertThat(versions()).isEmpty();
        assertThat(extender.categories()).isEmpty();
        bundle.start();
        assertThat(versions()).containsExactly("1.2.0");
        bundle.uninstall();
        assertThat(versions()).isEmpty();
    }

    @Test
    void bundlesThatAreThereFirstAreFoundToo() throws BundleException {
        extender.close();
        install("car.jar", CarFiles.create()).start();
        assertThat(versions()).isEmpty();
        extender =
                new CategoryExtender(context, new PreviousCategories(folder.resolve("previous")));
        extender.open();
        assertThat(versions()).hasSize(1);
        extender.close();
        assertThat(versions()).isEmpty();
    }

    @Test
    void highestVersionWinsWithoutAGap() throws BundleException {
        List<String> events = new ArrayList<>();
        context.addServiceListener(
                e -> {
                    Object version = e.getServiceReference().getProperty("version");
                    if (version != null && e.getType() != ServiceEvent.MODIFIED) {
                        events.add((e.getType() == ServiceEvent.REGISTERED ? "+" : "-") + version);
                    }
                });
        install("a.jar", CarFiles.create().version("1.9.0")).start();
        Bundle newer = install("b.jar", CarFiles.create().version("1.10.0"));
        newer.start();
        install("c.jar", CarFiles.create().version("1.2.0")).start();

        assertThat(versions()).containsExactly("1.10.0");
        assertThat(extender.categories())
                .extracting(CategoryStatus::state)
                .containsExactlyInAnyOrder("active", "superseded", "superseded");
        assertThat(extender.categories())
                .filteredOn(s -> s.state().equals("superseded"))
                .allMatch(s -> s.memoryBytes() == 0);

        newer.uninstall();
        assertThat(versions()).containsExactly("1.9.0");
        assertThat(events).containsExactly("+1.9.0", "+1.10.0", "-1.9.0", "+1.9.0", "-1.10.0");

        events.clear();
        extender.close();
        assertThat(events).containsExactly("-1.9.0");
    }

    @Test
    void badDataIsRefusedWithItsReasonAndTheGoodStays() throws BundleException {
        install("good.jar", CarFiles.create().version("1.0.0")).start();
        CarFiles bad = CarFiles.create().version("2.0.0");
        bad.files.put("template.glb", new byte[40]);
        install("bad.jar", bad).start();

        assertThat(versions()).containsExactly("1.0.0");
        assertThat(extender.categories())
                .filteredOn(s -> s.state().equals("refused"))
                .singleElement()
                .satisfies(
                        s -> {
                            assertThat(s.id()).isEqualTo("car");
                            assertThat(s.source()).isEqualTo("bad.jar");
                            assertThat(s.problem()).isEqualTo("template is not a GLB file");
                        });
    }

    @Test
    void updateSwapsTheModel() throws Exception {
        Bundle bundle = install("car.jar", CarFiles.create().version("1.0.0"));
        bundle.start();
        bundle.update(jar(CarFiles.create().version("0.9.0"), "car"));
        assertThat(versions()).containsExactly("0.9.0");
        assertThat(extender.categories()).hasSize(1);
    }

    @Test
    void updateToBadDataKeepsThePreviousUntilItIsMended() throws Exception {
        Bundle bundle = install("car.jar", CarFiles.create().version("1.0.0"));
        bundle.start();
        CarFiles bad = CarFiles.create().version("1.1.0");
        bad.json.withObject("/weights/0").put("sha256", "0".repeat(64));
        bundle.update(jar(bad, "car"));

        assertThat(versions()).containsExactly("1.0.0");
        assertThat(model().weights("encoder")).isNotEmpty();
        assertThat(extender.categories())
                .extracting(CategoryStatus::state)
                .containsExactlyInAnyOrder("active", "refused");

        bundle.update(jar(CarFiles.create().version("1.2.0"), "car"));
        assertThat(versions()).containsExactly("1.2.0");
        assertThat(extender.categories()).hasSize(1);
        assertThat(folder.resolve("previous").resolve("" + bundle.getBundleId())).doesNotExist();

        bundle.update(jar(bad, "car"));
        assertThat(versions()).containsExactly("1.2.0");
        bundle.uninstall();
        assertThat(versions()).isEmpty();
        try (var left = Files.list(folder.resolve("previous"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void manifestMustNameTheCategoryOfTheData() throws Exception {
        context.installBundle("horse.jar", jar(CarFiles.create(), "horse")).start();
        assertThat(versions()).isEmpty();
        assertThat(extender.categories().get(0).problem()).contains("declare one category, car");
    }

    @Test
    void harmfulJarsAreRefusedAndTheRunningVersionStays() throws Exception {
        Bundle bundle = install("car.jar", CarFiles.create().version("1.0.0"));
        bundle.start();
        CarFiles files = CarFiles.create().version("1.1.0");
        Map<String, CategoryJar> harmful =
                Map.of(
                        "the name of its file '../../evil.txt' leads out of it",
                        new CategoryJar(files).with("../../evil.txt", new byte[1]),
                        "zeros.bin unpacks to more than 268435456 bytes",
                        new CategoryJar(files).withZeros(257L << 20));
        for (Map.Entry<String, CategoryJar> jar : harmful.entrySet()) {
            bundle.update(new ByteArrayInputStream(jar.getValue().bytes()));
            assertThat(versions()).containsExactly("1.0.0");
            assertThat(extender.categories())
                    .extracting(CategoryStatus::problem)
                    .contains(jar.getKey());
        }
    }

    @Test
    void memoryIsReleasedWhenACategoryGoes() throws Exception {
        Bundle bundle = install("car.jar", CarFiles.create().version("1.0.0"));
        bundle.start();
        WeakReference<CategoryModel> first = new WeakReference<>(model());
        bundle.update(jar(CarFiles.create().version("1.1.0"), "car"));
        WeakReference<CategoryModel> second = new WeakReference<>(model());
        assertThat(second.refersTo(null)).isFalse();
        assertThat(unreachable(first)).as("replaced").isTrue();
        bundle.uninstall();
        assertThat(unreachable(second)).as("uninstalled").isTrue();
    }

    /** A full collection clears all weak references to what nobody holds. */
    private static boolean unreachable(WeakReference<?> reference) {
        for (int i = 0; i < 20 && !reference.refersTo(null); i++) {
            System.gc();
        }
        return reference.refersTo(null);
    }

    private Bundle install(String location, CarFiles files) throws BundleException {
        return context.installBundle(location, jar(files, "car"));
    }

    private static InputStream jar(CarFiles files, String id) {
        return new ByteArrayInputStream(new CategoryJar(files).capability(id).bytes());
    }

    private CategoryModel model() {
        return context.getService(context.getServiceReference(CategoryModel.class));
    }

    private List<String> versions() {
        try {
            List<String> versions = new ArrayList<>();
            context.getServiceReferences(CategoryModel.class, null)
                    .forEach(r -> versions.add((String) r.getProperty("version")));
            Collections.sort(versions);
            return versions;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
