/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.raster.RasterUpstream;

/**
 * Times warm passes: soft mask and shaded colour, forward and backward. Prints, for each case, the
 * least and the median wall time and what one pass takes and allocates on the caller's thread.
 * Argument: number of threads.
 */
public final class RasterizerTiming {
    private static final int ROUNDS = 100;

    private RasterizerTiming() {}

    public static void main(String[] args) {
        int threads = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        try (JvmRasterizer rasterizer = new JvmRasterizer(threads)) {
            run(rasterizer, args.length > 1 ? args[1] : "");
        }
    }

    /**
     * @param only part of the name of the cases to run
     */
    public static void run(DifferentiableRasterizer rasterizer, String only) {
        Scenes.Mesh sphere = Scenes.icoSphere(3);
        RasterSettings plain =
                RasterSettings.of(256)
                        .withSoftMask(1e4f, 0.0303f, 30)
                        .withShading(Shading.SPHERICAL_HARMONICS);
        Scenes.Mesh object = object();
        RasterSettings fit = plain.withSize(128, 128).withCullBackFaces(true);
        time(only, rasterizer, "sphere 256, recipe", sphere, plain, false);
        time(only, rasterizer, "sphere 128, recipe", sphere, plain.withSize(128, 128), false);
        for (float[] soft : new float[][] {{300, 0.15f}, {1000, 0.1f}, {7000, 0.05f}}) {
            RasterSettings settings = fit.withSoftMask(soft[0], soft[1], 30);
            String name = "object 128, sigmaInv " + (int) soft[0];
            time(only, rasterizer, name, object, settings, true);
            time(
                    only,
                    rasterizer,
                    name + " both sides",
                    object,
                    settings.withCullBackFaces(false),
                    true);
        }
        time(
                only,
                rasterizer,
                "object 512, colour only",
                object,
                fit.withSize(512, 512).withSoftMask(0, 0, 1),
                true);
    }

    /** About as many faces as a car, in the proportions of one. */
    private static Scenes.Mesh object() {
        Scenes.Mesh wheel = Scenes.place(Scenes.icoSphere(2), 0.22f, 0, 0, 0);
        Scenes.Mesh mesh = Scenes.place(Scenes.icoSphere(4), 0.55f, 0, 0, 0);
        for (int i = 0; i < 4; i++) {
            mesh =
                    Scenes.join(
                            mesh,
                            Scenes.place(wheel, 1, i % 2 - 0.5f, -0.35f, i / 2 * 0.8f - 0.4f));
        }
        return mesh;
    }

    private static void time(
            String only,
            DifferentiableRasterizer rasterizer,
            String name,
            Scenes.Mesh mesh,
            RasterSettings settings,
            boolean textured) {
        if (!name.contains(only)) {
            return;
        }
        Random random = new Random(1);
        RasterScene scene = Scenes.scene(mesh, Scenes.camera(40, 15, 3, 2.2f));
        if (textured) {
            Scenes.addTexture(scene, 1, 256, 256, random);
        } else {
            Scenes.addAttributes(scene, 3, random);
        }
        Scenes.addLights(scene, settings, random);
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            RasterImages images = session.forward(scene);
            RasterUpstream upstream = new RasterUpstream();
            upstream.color = Scenes.random(images.color.length, random);
            upstream.softMask =
                    settings.sigmaInv() > 0 ? Scenes.random(images.softMask.length, random) : null;
            double[] forward = new double[ROUNDS];
            double[] backward = new double[ROUNDS];
            long bytes = 0;
            long cpu = 0;
            for (int i = -ROUNDS; i < ROUNDS; i++) {
                if (i == 0) {
                    bytes = allocated();
                    cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                }
                long start = System.nanoTime();
                session.forward(scene);
                long middle = System.nanoTime();
                session.backward(upstream);
                long end = System.nanoTime();
                forward[Math.max(0, i)] = (middle - start) * 1e-6;
                backward[Math.max(0, i)] = (end - middle) * 1e-6;
            }
            bytes = allocated() - bytes;
            cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
            double[] total = new double[ROUNDS];
            Arrays.setAll(total, i -> forward[i] + backward[i]);
            Arrays.sort(forward);
            Arrays.sort(backward);
            Arrays.sort(total);
            System.out.printf(
                    Locale.ROOT,
                    "%-36s %5d faces  forward %6.2f (%6.2f)  backward %6.2f (%6.2f)  both %6.2f"
                            + " (%6.2f) ms, least (median)  %.2f ms of the caller's cpu  %d bytes a pass%n",
                    name,
                    mesh.faceCount(),
                    forward[0],
                    forward[ROUNDS / 2],
                    backward[0],
                    backward[ROUNDS / 2],
                    total[0],
                    total[ROUNDS / 2],
                    cpu * 1e-6 / ROUNDS,
                    bytes / ROUNDS);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
