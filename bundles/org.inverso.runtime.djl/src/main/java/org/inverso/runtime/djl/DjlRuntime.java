/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngineProvider;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.inverso.runtime.djl.internal.NativeLibraries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DJL and LibTorch on the CPU: the one place that loads native code and the one source of tensor
 * managers.
 *
 * <p>Inside OSGi this is a service; in trainers and tests it is created by {@link #start(Path)}.
 * Both ways share one engine, because LibTorch can be loaded only once in a Java process. The
 * native libraries are unpacked into a cache folder on first use and found there from then on;
 * nothing is ever downloaded and no usage data is sent.
 *
 * <p>The engine is loaded by the first call of {@link #engine()} or {@link #newManager()}, not
 * before, so commands that need no network start quickly. All methods are safe for use by many
 * threads; the managers they return are not.
 */
public final class DjlRuntime {
    private static final Logger LOGGER = LoggerFactory.getLogger(DjlRuntime.class);

    private final Path cacheFolder;
    private Engine engine;
    private int threads;

    private DjlRuntime(Path cacheFolder, int threads) {
        this.cacheFolder = cacheFolder;
        this.threads = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /**
     * A runtime that uses as many threads as the machine has cores.
     *
     * @param cacheFolder where native libraries are unpacked; may be shared by many processes
     */
    public static DjlRuntime start(Path cacheFolder) {
        return start(cacheFolder, 0);
    }

    /**
     * A runtime with a fixed number of threads, which makes sums, and so results, the same on every
     * machine.
     *
     * @param cacheFolder where native libraries are unpacked; may be shared by many processes
     * @param threads threads inside one operator, 0 for one per core
     */
    public static DjlRuntime start(Path cacheFolder, int threads) {
        return new DjlRuntime(cacheFolder, threads);
    }

    /**
     * The user's cache folder: {@code INVERSO_CACHE}, else {@code XDG_CACHE_HOME/inverso}, else
     * {@code ~/.cache/inverso}.
     */
    public static Path userCacheFolder() {
        String own = System.getProperty("inverso.cache", System.getenv("INVERSO_CACHE"));
        if (own != null && !own.isBlank()) {
            return Path.of(own).toAbsolutePath();
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches =
                xdg != null && !xdg.isBlank()
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("inverso").toAbsolutePath();
    }

    /**
     * The PyTorch engine, loaded now if it was not yet.
     *
     * @throws UncheckedIOException if the native libraries cannot be unpacked
     * @throws ai.djl.engine.EngineException if they cannot be loaded
     */
    public synchronized Engine engine() {
        if (engine == null) {
            engine = load();
        }
        return engine;
    }

    /**
     * A new manager for tensors on {@link #device()}; close it to free every tensor that is still
     * attached to it.
     */
    public NDManager newManager() {
        return engine().newBaseManager(Device.cpu());
    }

    /** Where tensors live, as the report names it. */
    public String device() {
        return Device.cpu().getDeviceType();
    }

    /** Threads that one operator may use. */
    public synchronized int threads() {
        return threads;
    }

    /**
     * Changes how many threads one operator may use.
     *
     * @param threads a positive number, or 0 for one per core
     */
    public synchronized void setThreads(int threads) {
        this.threads = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        if (engine != null) {
            JniUtils.setNumThreads(this.threads);
        }
    }

    private Engine load() {
        long start = System.nanoTime();
        Thread thread = Thread.currentThread();
        ClassLoader callers = thread.getContextClassLoader();
        // DJL looks up its engines and property files through the context class loader.
        thread.setContextClassLoader(DjlRuntime.class.getClassLoader());
        try {
            // One engine for the whole process, whoever asks first.
            synchronized (Engine.class) {
                NativeLibraries natives = NativeLibraries.unpackedIn(cacheFolder);
                setDefault("ai.djl.offline", "true");
                setDefault("OPT_OUT_TRACKING", "true");
                setDefault("DJL_CACHE_DIR", cacheFolder.toString());
                setDefault("ENGINE_CACHE_DIR", cacheFolder.toString());
                setDefault("PYTORCH_LIBRARY_PATH", natives.folder().toString());
                setDefault("PYTORCH_FLAVOR", "cpu");
                setDefault("ai.djl.default_engine", "PyTorch");
                setDefault("ai.djl.pytorch.num_interop_threads", "1");
                setDefault("ai.djl.pytorch.num_threads", Integer.toString(threads));
                setDefault("ai.djl.pytorch.graph_optimizer", "false");
                PtEngineProvider provider = new PtEngineProvider();
                Engine.registerEngine(provider);
                Engine loaded = provider.getEngine();
                JniUtils.setNumThreads(threads);
                natives.silenceWarnings();
                LOGGER.info(
                        "PyTorch {} ready on {} with {} threads after {} ms",
                        loaded.getVersion(),
                        device(),
                        threads,
                        (System.nanoTime() - start) / 1_000_000);
                return loaded;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot unpack the native libraries into "
                            + cacheFolder
                            + ": "
                            + e.getMessage(),
                    e);
        } finally {
            thread.setContextClassLoader(callers);
        }
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
