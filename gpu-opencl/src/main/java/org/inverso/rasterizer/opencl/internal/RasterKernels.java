/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.opencl.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inverso.api.InversoException;
import org.inverso.api.scene.ShLighting;
import org.inverso.runtime.aparapi.OpenClDevice;
import org.inverso.runtime.aparapi.OpenClKernel;
import org.inverso.runtime.aparapi.OpenClKernel.Access;
import org.inverso.runtime.aparapi.OpenClKernel.Parameter;
import org.inverso.runtime.aparapi.OpenClUnavailableException;

/**
 * The rasterizer's kernels on one device, compiled when first needed and shared by all sessions;
 * freed when retired and the last session is gone.
 */
public final class RasterKernels {
    /** Side of a block of samples, the work of one item of {@link Program#VISIBILITY}. */
    static final int BLOCK = 8;

    /** Faces to an item of {@link Program#GATHER}. */
    static final int CHUNK = 8;

    /** Samples to an item of {@link Program#SHADE}. */
    static final int LANES = 8;

    /** Largest knum: that many faces a lane are kept in private memory. */
    public static final int MOST_KNUM = 1024;

    private static final int LEAST_CAPACITY = 32;

    /** Parameters, as the sources declare them. */
    private static final Pattern PARAMETER =
            Pattern.compile("__global (const )?\\w+ \\*(\\w+)[,)]");

    /** The sources, and how many items form a group: few on CPUs, where a group is a thread's. */
    enum Program {
        VISIBILITY(4, "common", "visibility"),
        SHADE(64, "common", "light", "shade"),
        BLEND(256, "common", "crossing", "blend"),
        GATHER(4, "common", "light", "crossing", "gather");

        private final int cpuGroup;
        private final List<String> sources;

        Program(int cpuGroup, String... sources) {
            this.cpuGroup = cpuGroup;
            this.sources = List.of(sources);
        }
    }

    private final OpenClDevice device;
    private final Map<Program, OpenClKernel> kernels = new EnumMap<>(Program.class);
    private final Map<Integer, OpenClKernel> visibility = new HashMap<>();
    private int sessions;
    private boolean retired;

    public RasterKernels(OpenClDevice device) {
        this.device = device;
    }

    public OpenClDevice device() {
        return device;
    }

    synchronized void enter() {
        sessions++;
    }

    synchronized void leave() {
        sessions--;
        freeUnused();
    }

    /** No session will be opened any more. */
    public synchronized void retire() {
        retired = true;
        freeUnused();
    }

    private void freeUnused() {
        if (retired && sessions == 0) {
            kernels.values().forEach(OpenClKernel::close);
            visibility.values().forEach(OpenClKernel::close);
            kernels.clear();
            visibility.clear();
        }
    }

    /**
     * @param knum of the session
     */
    synchronized OpenClKernel kernel(Program program, int knum) {
        if (program == Program.VISIBILITY) {
            int capacity = Math.max(LEAST_CAPACITY, 2 * Integer.highestOneBit(knum - 1 | 1));
            return visibility.computeIfAbsent(capacity, c -> compile(program, c));
        }
        return kernels.computeIfAbsent(program, p -> compile(p, LEAST_CAPACITY));
    }

    int group(Program program) {
        return device.type().equals("cpu")
                ? Math.min(program.cpuGroup, device.largestGroup())
                : Math.min(64, device.largestGroup());
    }

    private OpenClKernel compile(Program program, int capacity) {
        StringBuilder source = new StringBuilder();
        define(source, "CAPACITY", Integer.toString(capacity));
        define(source, "CHUNK", Integer.toString(CHUNK));
        for (int k = 0; k < ShLighting.BASIS.length; k++) {
            define(source, "SH" + k, Float.toHexString(ShLighting.BASIS[k]) + "f");
        }
        for (String name : program.sources) {
            source.append(read(name + ".cl"));
        }
        try {
            return device.compile(
                    program.name().toLowerCase(Locale.ROOT), source.toString(), parameters(source));
        } catch (OpenClUnavailableException e) {
            throw new InversoException(
                    "The OpenCL rasterizer cannot work: "
                            + e.getMessage()
                            + "; the device needs double precision (cl_khr_fp64).",
                    e);
        }
    }

    private static void define(StringBuilder source, String name, String value) {
        source.append("#define ").append(name).append(' ').append(value).append('\n');
    }

    private static List<Parameter> parameters(StringBuilder source) {
        List<Parameter> parameters = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(source);
        matcher.region(source.indexOf("__kernel"), source.indexOf("int pass)"));
        while (matcher.find()) {
            boolean read = matcher.group(1) != null;
            parameters.add(new Parameter(matcher.group(2), read ? Access.READ : Access.WRITE));
        }
        return parameters;
    }

    private static String read(String name) {
        try (InputStream in = RasterKernels.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
