/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.List;
import java.util.Optional;
import org.inverso.api.raster.DifferentiableRasterizer;

/**
 * A rasterizer to measure. Implementations are found by {@link java.util.ServiceLoader}: a jar on
 * the class path that names one under {@code META-INF/services} takes part.
 */
public interface Contender {

    /** Stable, short name, as in {@link DifferentiableRasterizer#id()}. */
    String implementation();

    /** Why it cannot run here; empty when it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** Numbers of threads to measure; 0 where that is not ours to choose. */
    List<Integer> threads();

    /**
     * Starts one; the caller closes it if it is {@link AutoCloseable}.
     *
     * @param threads one of {@link #threads()}
     */
    DifferentiableRasterizer open(int threads);
}
