/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inverso.runtime.djl.internal.NativeLibraries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlRuntimeTest {
    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);

    @Test
    void multipliesMatrices() {
        try (NDManager manager = runtime.newManager()) {
            NDArray a = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
            assertThat(a.matMul(a).toFloatArray()).containsExactly(7, 10, 15, 22);
        }
    }

    @Test
    void differentiates() {
        Engine engine = runtime.engine();
        try (NDManager manager = runtime.newManager()) {
            NDArray x = manager.create(new float[] {3, -2});
            x.setRequiresGradient(true);
            try (GradientCollector collector = engine.newGradientCollector()) {
                collector.backward(x.mul(x).sum());
            }
            assertThat(x.getGradient().toFloatArray()).containsExactly(6, -4);
        }
    }

    @Test
    void leavesTheCallersContextClassLoaderAlone() {
        ClassLoader mine = new ClassLoader("mine", getClass().getClassLoader()) {};
        Thread.currentThread().setContextClassLoader(mine);
        DjlRuntime.start(DjlRuntime.userCacheFolder()).engine();
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(mine);
    }

    @Test
    void isOfflineAndNamesItsDevice() {
        runtime.engine();
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(runtime.device()).isEqualTo("cpu");
    }

    @Test
    void changesItsThreads() {
        runtime.engine();
        runtime.setThreads(2);
        assertThat(runtime.threads()).isEqualTo(2);
        runtime.setThreads(0);
        assertThat(runtime.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void unpacksOnceAndLeavesNothingElse(@TempDir Path cache) throws IOException {
        Path first = NativeLibraries.unpackedIn(cache).folder();
        Path library = first.resolve(System.mapLibraryName("djl_torch"));
        Object before = Files.getAttribute(library, "creationTime");
        Path second = NativeLibraries.unpackedIn(cache).folder();
        assertThat(second).isEqualTo(first);
        assertThat(Files.getAttribute(library, "creationTime")).isEqualTo(before);
        try (Stream<Path> entries = Files.list(cache)) {
            assertThat(entries.toList()).isEqualTo(List.of(first));
        }
    }
}
