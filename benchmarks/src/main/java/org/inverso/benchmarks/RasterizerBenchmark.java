/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Times single passes over {@link SphereWork}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RasterizerBenchmark {
    /** {@link Contender#implementation()}. */
    @Param("jvm")
    public String implementation;

    @Param("2")
    public int threads;

    /** Side of the square images, pixels. */
    @Param("256")
    public int size;

    @Param("1280")
    public int faces;

    @Param("1")
    public int batch;

    private DifferentiableRasterizer rasterizer;
    private SphereWork work;

    @Setup(Level.Trial)
    public void open() {
        rasterizer =
                ServiceLoader.load(Contender.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(c -> c.implementation().equals(implementation))
                        .findFirst()
                        .orElseThrow()
                        .open(threads);
        work = new SphereWork(rasterizer, size, faces, batch);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        work.close();
        if (rasterizer instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    @Benchmark
    public Object forward() {
        return work.forward();
    }

    @Benchmark
    public Object backward() {
        return work.backward();
    }

    @Benchmark
    public Object both() {
        work.forward();
        return work.backward();
    }
}
