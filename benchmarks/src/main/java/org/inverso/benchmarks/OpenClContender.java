/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.List;
import java.util.Optional;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.rasterizer.opencl.OpenClRasterizer;

/**
 * The rasterizer on OpenCL, on the device it chooses by itself: the first GPU, else the first
 * device. Threads are the host's, one per core; a device made of the processor has as many.
 */
public final class OpenClContender implements Contender {
    private final String device;

    /** Found by its name. */
    public OpenClContender() {
        this("");
    }

    /**
     * @param device as {@link OpenClRasterizer} chooses it
     */
    OpenClContender(String device) {
        this.device = device;
    }

    @Override
    public String implementation() {
        return OpenClRasterizer.ID;
    }

    @Override
    public Optional<String> obstacle() {
        try (OpenClRasterizer rasterizer = new OpenClRasterizer(device, 1)) {
            String health = rasterizer.health();
            return health.equals("ok") ? Optional.empty() : Optional.of(health);
        }
    }

    @Override
    public List<Integer> threads() {
        return List.of(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public DifferentiableRasterizer open(int threads) {
        return new OpenClRasterizer(device, threads);
    }
}
