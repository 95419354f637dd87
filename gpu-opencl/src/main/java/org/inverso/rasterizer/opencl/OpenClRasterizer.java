/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.opencl;

import java.util.List;
import java.util.Locale;
import org.inverso.api.InversoException;
import org.inverso.api.Stage;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.rasterizer.internal.WorkerPool;
import org.inverso.rasterizer.opencl.internal.OpenClRasterSession;
import org.inverso.rasterizer.opencl.internal.RasterKernels;
import org.inverso.runtime.aparapi.OpenClDevice;
import org.inverso.runtime.aparapi.OpenClUnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rasterizer of {@code org.inverso.rasterizer} on an OpenCL device: the same formulas, the same
 * features, the same defined results for what cannot be seen, and the same bits from run to run on
 * one device.
 *
 * <p>Kernels do what is done by sample and by face: nearest faces and soft mask, colour, edge
 * antialiasing, and gradients gathered by face. The host does what is done by vertex and what is
 * serial by nature: projection, normals, sorting faces into blocks of 8 x 8 samples, gathering by
 * vertex, and gradients of texels.
 *
 * <p>It never outranks the rasterizer on the JVM; name it in the configuration to use it. The
 * device is looked for when it is first asked for, so that a machine without OpenCL pays nothing.
 *
 * <p><b>Precision.</b> What decides on visibility is in double, so the device needs {@code
 * cl_khr_fp64}; the rest, sums of gradients included, is in float.
 *
 * <p><b>Memory</b> is that of the JVM's session but for its lists, and 72 bytes a face more; arrays
 * are passed from pass to pass, in place where the device shares the host's memory. Scenes beyond
 * the device's limits are refused. Of the soft mask's faces at most {@value
 * org.inverso.rasterizer.opencl.internal.RasterKernels#MOST_KNUM} are kept.
 *
 * <p>Safe for use by several threads, each with sessions of its own; launches wait for one another.
 */
@Component(
        service = DifferentiableRasterizer.class,
        configurationPid = "org.inverso.rasterizer.opencl",
        property = {
            Stage.ID_PROPERTY + "=" + OpenClRasterizer.ID,
            "service.ranking:Integer=" + OpenClRasterizer.RANKING
        })
@Designate(ocd = OpenClRasterizer.Config.class)
public final class OpenClRasterizer implements DifferentiableRasterizer, AutoCloseable {
    /** The stage's id. */
    public static final String ID = "opencl";

    /** Below the rasterizer on the JVM. */
    public static final int RANKING = -100;

    /** Settings of the rasterizer. */
    @ObjectClassDefinition(name = "Inverso rasterizer (OpenCL)")
    public @interface Config {
        /** Device. */
        @AttributeDefinition(
                name = "Device",
                description =
                        "cpu, gpu, or a part of the device's or its platform's name; empty for the"
                                + " first GPU, else the first device")
        String device() default "";

        /** Threads. */
        @AttributeDefinition(
                name = "Threads",
                description = "Threads for the host's part of a pass, 0 for one per core",
                min = "0")
        int threads() default 0;
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(OpenClRasterizer.class);

    private final String wanted;
    private final WorkerPool pool;
    private RasterKernels kernels;
    private String trouble;
    private boolean closed;

    /**
     * For use outside OSGi.
     *
     * @param device {@code cpu}, {@code gpu}, or a part of the device's or its platform's name;
     *     empty for the first GPU, else the first device
     * @param threads for the host's part of a pass, 0 for one per core
     */
    public OpenClRasterizer(String device, int threads) {
        if (threads < 0) {
            throw new IllegalArgumentException("threads must be 0 or more, not " + threads);
        }
        wanted = device.trim();
        pool =
                new WorkerPool(
                        threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
                        "inverso-rasterizer-opencl");
    }

    /** Called by the framework. */
    @Activate
    public OpenClRasterizer(Config config) {
        this(config.device(), config.threads());
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public synchronized String device() {
        return found() ? kernels.device().toString() : "none";
    }

    @Override
    public synchronized String health() {
        return found() ? "ok" : trouble;
    }

    /**
     * @throws InversoException when there is no device that can do it
     */
    @Override
    public synchronized RasterSession open(int[] faces, int vertexCount, RasterSettings settings) {
        if (closed) {
            throw new IllegalStateException("the rasterizer is closed");
        }
        if (!found()) {
            throw new InversoException("The OpenCL rasterizer cannot work: " + trouble + ".");
        }
        return new OpenClRasterSession(kernels, pool, faces, vertexCount, settings);
    }

    /** Looks for the device, once. */
    private boolean found() {
        if (kernels == null && trouble == null) {
            try {
                kernels = new RasterKernels(choose(OpenClDevice.list(), wanted));
                LOGGER.info("OpenCL rasterizer on {}", kernels.device());
            } catch (OpenClUnavailableException e) {
                trouble = e.getMessage();
                LOGGER.info("No OpenCL rasterizer: {}", trouble);
            }
        }
        return kernels != null;
    }

    static OpenClDevice choose(List<OpenClDevice> devices, String wanted)
            throws OpenClUnavailableException {
        for (OpenClDevice device : devices) {
            if (wanted.isEmpty() ? device.type().equals("gpu") : matches(device, wanted)) {
                return device;
            }
        }
        if (wanted.isEmpty()) {
            return devices.get(0);
        }
        throw new OpenClUnavailableException(
                "no OpenCL device matches \"" + wanted + "\"; there are: " + devices);
    }

    private static boolean matches(OpenClDevice device, String wanted) {
        String part = wanted.toLowerCase(Locale.ROOT);
        return device.type().equals(part)
                || device.toString().toLowerCase(Locale.ROOT).contains(part);
    }

    /** Frees threads and kernels, as soon as the last session is closed. */
    @Override
    @Deactivate
    public synchronized void close() {
        closed = true;
        pool.close();
        if (kernels != null) {
            kernels.retire();
        }
    }
}
