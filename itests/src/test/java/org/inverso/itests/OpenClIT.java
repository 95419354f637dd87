/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.inverso.api.Job;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.api.StageRegistry;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;
import org.junit.After;
import org.junit.Before;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The OpenCL rasterizer in the distribution: chosen by configuration, replaced while requests run,
 * updated again and again. Without an OpenCL device, skipped; where CI is true, failed.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class OpenClIT {
    private static final String KIND = "DifferentiableRasterizer";
    private static final String OPENCL = "org.inverso.rasterizer.opencl";
    private static final String JVM = "org.inverso.rasterizer";
    private static final int UPDATES = 50;

    /** After so many, everything that is loaded once has been. */
    private static final int WARM = 10;

    private static final long MOST_HEAP_GROWTH = 8 << 20;
    private static final long MOST_RESIDENT_GROWTH = 96 << 20;

    @Inject private BundleContext context;
    @Inject private Reconstructor reconstructor;
    @Inject private StageRegistry stages;
    @Inject private ConfigurationAdmin configurations;

    @Configuration
    public Option[] distribution() {
        return Distribution.options();
    }

    @Before
    public void aDeviceIsThere() {
        String health = stage("opencl").orElseThrow().health();
        if ("true".equals(System.getenv("CI"))) {
            assertEquals("health of the OpenCL rasterizer", "ok", health);
        }
        assumeTrue("no OpenCL device: " + health, "ok".equals(health));
    }

    @After
    public void logIsClean() throws IOException {
        assertEquals("unexpected lines in the log", List.of(), Distribution.trouble());
    }

    @Test
    public void aIsThereAndNotChosen() {
        StageRegistry.StageInfo opencl = stage("opencl").orElseThrow();
        assertEquals(Bundle.ACTIVE, bundle(OPENCL).getState());
        assertEquals(OPENCL, opencl.bundle());
        assertFalse(opencl.chosen());
        assertFalse(opencl.device().equals("none"));
        assertTrue(opencl.ranking() < stage("jvm").orElseThrow().ranking());
        assertEquals("jvm", chosen());
    }

    @Test
    public void bDoesTheWorkWhenTheConfigurationNamesIt() throws Exception {
        prefer("opencl");
        Reconstruction result = await(reconstructor.submit(request("opencl.jpg")));
        ReconstructionReport.StageRun run =
                result.report().stages().stream()
                        .filter(s -> s.kind().equalsIgnoreCase(KIND))
                        .findFirst()
                        .orElseThrow();
        assertEquals("opencl", run.id());
        assertEquals(stage("opencl").orElseThrow().device(), run.device());
        assertTrue(result.reportJson().contains(run.device()));
        assertTrue("mask IoU " + result.report().maskIou(), result.report().maskIou() > 0.7);
    }

    @Test
    public void cEitherRasterizerMayGoWhileRequestsRun() throws Exception {
        prefer("opencl, jvm");
        parallelism(2);
        List<Job<Reconstruction>> jobs = new ArrayList<>();
        submit(jobs, 4);
        await(jobs.get(0));
        bundle(OPENCL).stop();
        assertEquals("jvm", chosen());
        submit(jobs, 2);
        bundle(OPENCL).start();
        until("OpenCL chosen again", () -> chosen().equals("opencl"));
        submit(jobs, 2);
        await(jobs.get(5));
        update(bundle(OPENCL));
        bundle(JVM).stop();
        submit(jobs, 2);
        bundle(JVM).start();
        await(jobs.get(8));
        update(bundle(JVM));
        submit(jobs, 1);
        for (Job<Reconstruction> job : jobs) {
            assertNotNull(await(job).files().get("glb"));
        }
        assertEquals(Bundle.ACTIVE, bundle(OPENCL).getState());
        assertEquals(Bundle.ACTIVE, bundle(JVM).getState());
    }

    @Test
    public void dUpdatesLeaveNothingBehind() throws Exception {
        prefer("jvm");
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        int threads = 0;
        long heap = 0;
        long resident = 0;
        for (int i = 0; i < WARM + UPDATES; i++) {
            if (i == WARM) {
                collected(loaders);
                threads = Thread.getAllStackTraces().size();
                heap = heap();
                resident = resident();
            }
            update(bundle(OPENCL));
            loaders.add(new WeakReference<>(render()));
        }
        until("class loaders of updated bundles collected", () -> collected(loaders));
        int own = Runtime.getRuntime().availableProcessors() - 1;
        until("threads of updated bundles ended", () -> ownThreads() <= own);
        assertTrue(
                "threads: " + threads + " before, " + Thread.getAllStackTraces().size() + " after",
                Thread.getAllStackTraces().size() <= threads + 3);
        long moreHeap = heap() - heap;
        assertTrue("heap grew by " + moreHeap + " bytes", moreHeap < MOST_HEAP_GROWTH);
        long moreResident = resident() - resident;
        assertTrue(
                "resident memory grew by " + moreResident + " bytes",
                moreResident < MOST_RESIDENT_GROWTH);
    }

    /** All but the last may be gone; it may be in use. */
    private static boolean collected(List<WeakReference<ClassLoader>> loaders) {
        System.gc();
        return loaders.stream().filter(l -> l.get() != null).count() <= 1;
    }

    private static long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("inverso-rasterizer-opencl"))
                .count();
    }

    /** Heap and classes in use, bytes. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(p -> p.getName().contains("Metaspace"))
                        .mapToLong(p -> p.getUsage().getUsed())
                        .sum();
    }

    private static long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return 1024
                    * lines.filter(l -> l.startsWith("VmRSS:"))
                            .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow();
        }
    }

    /** Has the bundle's rasterizer draw a triangle, there and back; returns its class loader. */
    private ClassLoader render() throws Exception {
        until("service of the OpenCL rasterizer", () -> reference().isPresent());
        ServiceReference<DifferentiableRasterizer> reference = reference().orElseThrow();
        DifferentiableRasterizer rasterizer = context.getService(reference);
        RasterScene scene = new RasterScene();
        scene.positions = new float[] {-0.5f, 0.5f, -1, -0.5f, -0.5f, -1, 0.5f, -0.5f, -1};
        scene.view = new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        scene.projection = new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -0.25f, 0, 0, 0, -1, 1};
        RasterSettings soft = RasterSettings.of(16).withSoftMask(100, 0.3f, 30);
        RasterUpstream upstream = new RasterUpstream();
        try (RasterSession session = rasterizer.open(new int[] {0, 1, 2}, 3, soft)) {
            upstream.softMask = session.forward(scene).softMask.clone();
            assertEquals(1, upstream.softMask[10 * 16 + 6], 0);
            boolean any = false;
            for (float g : session.backward(upstream).positions) {
                any |= g != 0;
            }
            assertTrue("a gradient of positions", any);
        }
        context.ungetService(reference);
        return rasterizer.getClass().getClassLoader();
    }

    private Optional<ServiceReference<DifferentiableRasterizer>> reference() {
        try {
            Collection<ServiceReference<DifferentiableRasterizer>> found =
                    context.getServiceReferences(
                            DifferentiableRasterizer.class, "(inverso.stage.id=opencl)");
            return found.stream().findFirst();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void update(Bundle bundle) throws IOException, BundleException {
        try (InputStream in = Files.newInputStream(Distribution.jarOf(bundle))) {
            bundle.update(in);
        }
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(b -> name.equals(b.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private Optional<StageRegistry.StageInfo> stage(String id) {
        return stages.stages().stream()
                .filter(s -> s.kind().equals(KIND) && s.id().equals(id))
                .findFirst();
    }

    private String chosen() {
        return stages.stages().stream()
                .filter(s -> s.kind().equals(KIND) && s.chosen())
                .map(StageRegistry.StageInfo::id)
                .findFirst()
                .orElse("none");
    }

    private void prefer(String ids) throws IOException {
        configure("org.inverso.core.stages", "rasterizer", ids);
        String first = ids.split(",")[0];
        until(first + " chosen", () -> chosen().equals(first));
    }

    private void parallelism(int requests) throws IOException {
        configure("org.inverso.core.jobs", "parallelism", requests);
    }

    private void configure(String pid, String name, Object value) throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(name, value);
        configurations.getConfiguration(pid, null).update(properties);
    }

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Distribution.PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(what, System.nanoTime() < end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void submit(List<Job<Reconstruction>> jobs, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            jobs.add(reconstructor.submit(request("photo-" + jobs.size() + ".jpg")));
        }
    }

    private static ReconstructionRequest request(String name) throws IOException {
        return new ReconstructionRequest(
                name,
                Distribution.example("car.jpg"),
                Optional.empty(),
                "car",
                List.of("glb"),
                300,
                256,
                0);
    }

    private static Reconstruction await(Job<Reconstruction> job) throws Exception {
        return job.result().get(Distribution.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
