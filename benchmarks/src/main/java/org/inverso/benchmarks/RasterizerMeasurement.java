/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures rows with JMH. */
final class RasterizerMeasurement {
    private final Effort effort;

    RasterizerMeasurement(Effort effort) {
        this.effort = effort;
    }

    /** The device, as the contender names it. */
    static String device(Contender contender, int threads) throws Exception {
        DifferentiableRasterizer rasterizer = contender.open(threads);
        try {
            return rasterizer.device();
        } finally {
            if (rasterizer instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    /** Measures one row; medians of the passes that JMH samples. */
    Row measure(Contender contender, Load load, int threads) throws Exception {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(RasterizerBenchmark.class.getName() + "\\..*")
                        .param("implementation", contender.implementation())
                        .param("threads", Integer.toString(threads))
                        .param("size", Integer.toString(load.size()))
                        .param("faces", Integer.toString(load.faces()))
                        .param("batch", Integer.toString(load.batch()))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
        effort.applyTo(options);
        Map<String, Double> medians = new HashMap<>();
        for (RunResult result : run(options)) {
            medians.put(
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getStatistics().getPercentile(50));
        }
        return new Row(
                contender.implementation(),
                device(contender, threads),
                load.size(),
                load.size(),
                load.faces(),
                load.batch(),
                threads,
                medians.get("forward"),
                medians.get("backward"),
                medians.get("both"));
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) {
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("the measurement failed: " + e.getMessage(), e);
        }
    }
}
