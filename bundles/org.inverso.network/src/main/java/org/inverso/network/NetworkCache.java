/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.inverso.runtime.djl.DjlRuntime;

/**
 * Keeps the networks that were used last, so that weights are read once. Native memory of a network
 * that fell out is freed when nobody uses it any more. Safe for several threads.
 *
 * @param <N> type of the network
 */
public final class NetworkCache<N> implements AutoCloseable {

    private static final int CAPACITY = 4;

    private final DjlRuntime runtime;
    private final Function<Parameters, N> constructor;
    private final Map<String, Entry<N>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private NDManager manager;

    public NetworkCache(DjlRuntime runtime, Function<Parameters, N> constructor) {
        this.runtime = runtime;
        this.constructor = constructor;
    }

    /**
     * The network for some weights; close the lease after use.
     *
     * @param key that identifies the weights
     * @param weights in safetensors, asked for when they are not known yet
     * @throws IllegalArgumentException when the weights do not fit the network
     */
    public synchronized Lease<N> lease(String key, Supplier<byte[]> weights) {
        Entry<N> entry = entries.get(key);
        if (entry == null) {
            if (manager == null) {
                manager = runtime.newManager();
            }
            Parameters parameters = Parameters.read(manager, weights.get());
            try {
                entry = new Entry<>(constructor.apply(parameters), parameters);
            } catch (RuntimeException e) {
                parameters.close();
                throw e;
            }
            entries.put(key, entry);
            evict();
        }
        entry.users++;
        return new Lease<>(this, entry);
    }

    private void evict() {
        var oldestFirst = entries.values().iterator();
        while (entries.size() > CAPACITY && oldestFirst.hasNext()) {
            Entry<N> oldest = oldestFirst.next();
            oldestFirst.remove();
            oldest.evicted = true;
            oldest.freeIfUnused();
        }
    }

    private synchronized void release(Lease<N> lease) {
        if (!lease.ended) {
            lease.ended = true;
            lease.entry.users--;
            lease.entry.freeIfUnused();
        }
    }

    /** Frees all networks that nobody uses; the others are freed when their leases end. */
    @Override
    public synchronized void close() {
        for (Entry<N> entry : entries.values()) {
            entry.evicted = true;
            entry.freeIfUnused();
        }
        entries.clear();
    }

    private static final class Entry<N> {
        private final N network;
        private final Parameters parameters;
        private int users;
        private boolean evicted;

        Entry(N network, Parameters parameters) {
            this.network = network;
            this.parameters = parameters;
        }

        void freeIfUnused() {
            if (evicted && users == 0) {
                parameters.close();
            }
        }
    }

    /** The right to use a network. */
    public static final class Lease<N> implements AutoCloseable {
        private final NetworkCache<N> cache;
        private final Entry<N> entry;
        private boolean ended;

        Lease(NetworkCache<N> cache, Entry<N> entry) {
            this.cache = cache;
            this.entry = entry;
        }

        public N network() {
            return entry.network;
        }

        /** Ends the lease; closing it again changes nothing. */
        @Override
        public void close() {
            cache.release(this);
        }
    }
}
