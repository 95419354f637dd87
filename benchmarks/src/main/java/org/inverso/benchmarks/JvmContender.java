/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.List;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.rasterizer.JvmRasterizer;

/** The rasterizer in plain Java. */
public final class JvmContender implements Contender {

    @Override
    public String implementation() {
        return JvmRasterizer.ID;
    }

    @Override
    public List<Integer> threads() {
        return List.of(1, 2);
    }

    @Override
    public DifferentiableRasterizer open(int threads) {
        return new JvmRasterizer(threads);
    }
}
