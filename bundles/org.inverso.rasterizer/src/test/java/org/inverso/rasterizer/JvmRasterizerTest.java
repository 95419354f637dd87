/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmRasterizerTest extends RasterizerContract {
    private static final ThreadMXBean ALLOCATION =
            (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final JvmRasterizer rasterizer = new JvmRasterizer(2);

    @AfterEach
    void close() {
        rasterizer.close();
    }

    @Override
    protected DifferentiableRasterizer rasterizer() {
        return rasterizer;
    }

    @Override
    protected double gradientTolerance() {
        return 2e-3;
    }

    @Test
    void threadsDoNotMatter() {
        Random random = new Random(41);
        Scenes.Mesh mesh = twoSpheres();
        RasterSettings settings = fullSettings();
        RasterScene scene = fullScene(mesh, settings, random);
        int[] one = null;
        RasterUpstream upstream = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (JvmRasterizer some = new JvmRasterizer(threads);
                    RasterSession session = some.open(mesh.faces(), mesh.vertexCount(), settings)) {
                if (upstream == null) {
                    upstream = upstream(session.forward(scene), random);
                }
                int[] bits = bits(session.forward(scene), session.backward(upstream));
                if (one == null) {
                    one = bits;
                }
                assertThat(bits).as("%d threads", threads).isEqualTo(one);
            }
        }
    }

    @Test
    void sessionsShareTheThreads() throws Exception {
        Scenes.Mesh mesh = twoSpheres();
        RasterSettings settings = fullSettings();
        Callable<List<int[]>> passes =
                () -> {
                    RasterScene scene = fullScene(mesh, settings, new Random(43));
                    List<int[]> all = new ArrayList<>();
                    try (RasterSession session =
                            rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
                        RasterUpstream upstream = upstream(session.forward(scene), new Random(44));
                        for (int i = 0; i < 10; i++) {
                            all.add(bits(session.forward(scene), session.backward(upstream)));
                        }
                    }
                    return all;
                };
        int[] alone = passes.call().get(0);
        ExecutorService callers = Executors.newFixedThreadPool(3);
        try {
            for (Future<List<int[]>> result : callers.invokeAll(Collections.nCopies(3, passes))) {
                assertThat(result.get()).hasSize(10).allMatch(bits -> Arrays.equals(bits, alone));
            }
        } finally {
            callers.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void allocatesNothingOnceWarm(int threads) {
        Scenes.Mesh mesh = twoSpheres();
        RasterSettings settings = fullSettings().withSupersampling(threads);
        RasterScene scene = fullScene(mesh, settings, new Random(45));
        try (JvmRasterizer some = new JvmRasterizer(threads);
                RasterSession session = some.open(mesh.faces(), mesh.vertexCount(), settings)) {
            RasterUpstream upstream = upstream(session.forward(scene), new Random(46));
            for (int i = 0; i < 3; i++) {
                session.forward(scene);
                session.backward(upstream);
            }
            long caller = Long.MAX_VALUE;
            long helpers = Long.MAX_VALUE;
            // The virtual machine itself may allocate now and then, when it compiles or parks.
            for (int round = 0; round < 5; round++) {
                long helpersBefore = allocatedByHelpers();
                long before = ALLOCATION.getThreadAllocatedBytes(Thread.currentThread().getId());
                for (int i = 0; i < 10; i++) {
                    session.forward(scene);
                    session.backward(upstream);
                }
                long after = ALLOCATION.getThreadAllocatedBytes(Thread.currentThread().getId());
                caller = Math.min(caller, after - before);
                helpers = Math.min(helpers, allocatedByHelpers() - helpersBefore);
            }
            assertThat(caller).as("bytes on the caller's thread").isZero();
            assertThat(helpers).as("on others").isZero();
        }
    }

    /** Bytes that the rasterizers' threads have allocated that live. */
    private static long allocatedByHelpers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("inverso-rasterizer"))
                .mapToLong(thread -> ALLOCATION.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    @Test
    void sessionsGoOnWhenTheRasterizerIsClosed() {
        Scenes.Mesh mesh = twoSpheres();
        RasterSettings settings = RasterSettings.of(32).withBatch(2);
        RasterScene scene = view(mesh, new Random(42));
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            int[] before = session.forward(scene).faceIndex.clone();
            rasterizer.close();
            assertThat(session.forward(scene).faceIndex).isEqualTo(before);
        }
    }
}
