/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.inverso.api.InversoException;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterGradients;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.raster.RasterUpstream;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.rasterizer.RasterizerContract;
import org.inverso.rasterizer.Scenes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract, and what is special about devices, on the machine's OpenCL device. Without one,
 * skipped; where CI is true, failed.
 */
class OpenClRasterizerTest extends RasterizerContract {
    private static final double TOLERANCE = 5e-3;

    private static OpenClRasterizer rasterizer;

    @BeforeAll
    static void findDevice() {
        rasterizer = new OpenClRasterizer("", 2);
        if (!rasterizer.health().equals("ok")) {
            String trouble = "the OpenCL rasterizer needs a device: " + rasterizer.health();
            if ("true".equals(System.getenv("CI"))) {
                fail(trouble);
            }
            abort(trouble);
        }
    }

    @AfterAll
    static void close() {
        rasterizer.close();
    }

    @Override
    protected DifferentiableRasterizer rasterizer() {
        return rasterizer;
    }

    @Override
    protected double gradientTolerance() {
        return TOLERANCE;
    }

    @Test
    void agreesWithTheJvm() {
        Random random = new Random(51);
        Scenes.Mesh mesh =
                Scenes.join(
                        Scenes.place(Scenes.icoSphere(4), 0.6f, 0, 0, 0),
                        Scenes.place(Scenes.icoSphere(3), 0.3f, 0.5f, 0.2f, 0.3f));
        RasterSettings settings =
                RasterSettings.of(150)
                        .withSize(150, 131)
                        .withBatch(2)
                        .withSoftMask(300, 0.15f, 30)
                        .withAntialias(true)
                        .withShading(Shading.SPHERICAL_HARMONICS);
        RasterScene scene = view(mesh, random);
        Scenes.addTexture(scene, 2, 64, 32, random);
        Scenes.addLights(scene, settings, random);
        try (JvmRasterizer jvm = new JvmRasterizer(2);
                RasterSession there = jvm.open(mesh.faces(), mesh.vertexCount(), settings);
                RasterSession here = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            RasterImages expected = there.forward(scene);
            RasterImages actual = here.forward(scene);
            assertThat(actual.faceIndex).isEqualTo(expected.faceIndex);
            assertClose("depth", actual.depth, expected.depth, 1e-5);
            assertClose("soft mask", actual.softMask, expected.softMask, 1e-5);
            assertClose("color", actual.color, expected.color, 1e-4);
            RasterUpstream upstream = upstream(expected, random);
            RasterGradients should = there.backward(upstream);
            RasterGradients does = here.backward(upstream);
            assertClose("positions", does.positions, should.positions, TOLERANCE);
            assertClose("view", does.view, should.view, TOLERANCE);
            assertClose("projection", does.projection, should.projection, TOLERANCE);
            assertClose("texture", does.texture, should.texture, TOLERANCE);
            assertClose("lights", does.lights, should.lights, TOLERANCE);
        }
    }

    /** Within a share of the largest finite entry. */
    private static void assertClose(String name, float[] actual, float[] expected, double share) {
        double largest =
                IntStream.range(0, expected.length)
                        .mapToDouble(i -> Math.abs(expected[i]))
                        .filter(Double::isFinite)
                        .max()
                        .orElseThrow();
        assertThat(largest).as(name).isPositive();
        for (int i = 0; i < expected.length; i++) {
            if (actual[i] != expected[i]) {
                assertThat((double) actual[i])
                        .as("%s[%d]", name, i)
                        .isCloseTo(expected[i], offset(share * largest));
            }
        }
    }

    @Test
    void sessionsOfSeveralThreadsDoNotMix() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<int[]>> runs =
                    IntStream.range(0, 6)
                            .mapToObj(i -> threads.submit(() -> passes(i % 2)))
                            .toList();
            for (int i = 2; i < runs.size(); i++) {
                assertThat(runs.get(i).get()).isEqualTo(runs.get(i % 2).get());
            }
            assertThat(runs.get(0).get()).isEqualTo(passes(0));
            assertThat(runs.get(0).get()).isNotEqualTo(runs.get(1).get());
        } finally {
            threads.shutdown();
        }
    }

    private static int[] passes(int kind) {
        Random random = new Random(kind);
        Scenes.Mesh mesh = Scenes.icoSphere(1 + kind);
        RasterSettings settings =
                RasterSettings.of(40 + 20 * kind).withBatch(2).withShading(Shading.LAMBERT);
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 3, random);
        Scenes.addLights(scene, settings, random);
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            RasterUpstream upstream = upstream(session.forward(scene), random);
            for (int i = 0; i < 5; i++) {
                session.forward(scene);
                session.backward(upstream);
            }
            return bits(session.forward(scene), session.backward(upstream));
        }
    }

    @Test
    void sessionsGoOnWhenTheRasterizerIsClosed() {
        OpenClRasterizer other = new OpenClRasterizer("", 1);
        Scenes.Mesh mesh = Scenes.icoSphere(2);
        RasterScene scene = view(mesh, new Random(52));
        RasterSettings settings = RasterSettings.of(32).withBatch(2);
        try (RasterSession session = other.open(mesh.faces(), mesh.vertexCount(), settings)) {
            int[] before = session.forward(scene).faceIndex.clone();
            other.close();
            assertThat(session.forward(scene).faceIndex).isEqualTo(before);
            assertThatThrownBy(() -> other.open(mesh.faces(), mesh.vertexCount(), settings))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void isChosenByPartOfItsName() {
        String name = rasterizer.device();
        String part = name.substring(1, name.length() / 2).toUpperCase(Locale.ROOT);
        try (OpenClRasterizer same = new OpenClRasterizer(part, 1)) {
            assertThat(same.device()).isEqualTo(name);
            assertThat(same.health()).isEqualTo("ok");
        }
    }

    @Test
    void saysThatThereIsNoSuchDevice() {
        try (OpenClRasterizer none = new OpenClRasterizer("abacus", 1)) {
            assertThat(none.device()).isEqualTo("none");
            assertThat(none.health()).contains("abacus", rasterizer.device());
            assertThatThrownBy(() -> none.open(new int[] {0, 1, 2}, 3, RasterSettings.of(8)))
                    .isInstanceOf(InversoException.class)
                    .hasMessageContaining("abacus");
        }
    }

    @Test
    void refusesMoreFacesInTheSoftMaskThanItKeeps() {
        Scenes.Mesh mesh = Scenes.icoSphere(3);
        RasterSettings many = RasterSettings.of(8).withSoftMask(100, 0.1f, 1200);
        assertThatThrownBy(() -> rasterizer.open(mesh.faces(), mesh.vertexCount(), many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1024");
        Scenes.Mesh small = Scenes.icoSphere(1);
        try (RasterSession session = rasterizer.open(small.faces(), small.vertexCount(), many)) {
            assertThat(session).isNotNull();
        }
    }
}
