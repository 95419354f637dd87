/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.inverso.network.NetworkCache.Lease;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Here a network is one array of two numbers. */
class NetworkCacheTest {

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final AtomicInteger reads = new AtomicInteger();
    private final NetworkCache<NDArray> cache =
            new NetworkCache<>(runtime, parameters -> parameters.constant("w", 0, 2));

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void weightsAreReadOncePerKey() {
        try (Lease<NDArray> first = lease("a", 1);
                Lease<NDArray> again = lease("a", 2);
                Lease<NDArray> other = lease("b", 3)) {
            assertThat(again.network()).isSameAs(first.network());
            assertThat(first.network().toFloatArray()).containsOnly(1);
            assertThat(other.network().toFloatArray()).containsOnly(3);
        }
        lease("a", 4).close();
        assertThat(reads).hasValue(2);
    }

    @Test
    void theLeastRecentlyUsedNetworkIsFreedAndReadAgain() {
        NDArray a = use("a");
        NDArray b = use("b");
        use("c");
        use("d");
        use("a");
        use("e");
        assertThat(released(b)).isTrue();
        assertThat(released(a)).isFalse();
        assertThat(reads).hasValue(5);
        use("b");
        assertThat(reads).hasValue(6);
    }

    @Test
    void aNetworkInUseOutlivesItsEviction() {
        Lease<NDArray> one = lease("busy", 8);
        Lease<NDArray> two = lease("busy", 8);
        for (int i = 0; i < 10; i++) {
            use("other" + i);
        }
        NDArray network = one.network();
        one.close();
        assertThat(network.toFloatArray()).containsOnly(8);
        two.close();
        assertThat(released(network)).isTrue();
    }

    @Test
    void closingFreesWhatNobodyUsesNowAndTheRestLater() {
        NDArray idle = use("idle");
        Lease<NDArray> busy = lease("busy", 8);
        cache.close();
        assertThat(released(idle)).isTrue();
        assertThat(busy.network().toFloatArray()).containsOnly(8);
        NDArray network = busy.network();
        busy.close();
        assertThat(released(network)).isTrue();
    }

    @Test
    void aLeaseThatIsClosedTwiceEndsOnlyItself() {
        Lease<NDArray> careless = lease("a", 1);
        Lease<NDArray> other = lease("a", 1);
        careless.close();
        careless.close();
        cache.close();
        assertThat(released(other.network())).isFalse();
        other.close();
    }

    @Test
    void weightsThatDoNotFitAreReadAgainNextTime() {
        Supplier<byte[]> unfit =
                () -> {
                    reads.incrementAndGet();
                    try (NDManager manager = runtime.newManager();
                            Parameters parameters = Parameters.random(manager, 1)) {
                        parameters.constant("w", 1, 3);
                        return parameters.write(false);
                    }
                };
        assertThatIllegalArgumentException().isThrownBy(() -> cache.lease("a", unfit));
        try (Lease<NDArray> mended = lease("a", 5)) {
            assertThat(mended.network().toFloatArray()).containsOnly(5);
        }
        assertThat(reads).hasValue(2);
    }

    @Test
    void manyThreadsLeaseManyNetworks() throws Exception {
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            SplittableRandom random = new SplittableRandom(t);
            results.add(
                    pool.submit(
                            () -> {
                                start.await();
                                boolean right = true;
                                for (int i = 0; i < 100; i++) {
                                    int number = random.nextInt(9);
                                    try (Lease<NDArray> lease = lease("n" + number, number)) {
                                        float[] values = lease.network().toFloatArray();
                                        right &= values[0] == number && values[1] == number;
                                    }
                                }
                                return right;
                            }));
        }
        start.countDown();
        for (Future<Boolean> result : results) {
            assertThat(result.get(60, TimeUnit.SECONDS)).isTrue();
        }
        pool.shutdown();
        assertThat(reads).hasValueGreaterThan(9);
    }

    private NDArray use(String key) {
        try (Lease<NDArray> lease = lease(key, 1)) {
            return lease.network();
        }
    }

    private Lease<NDArray> lease(String key, float value) {
        return cache.lease(
                key,
                () -> {
                    reads.incrementAndGet();
                    try (NDManager manager = runtime.newManager();
                            Parameters parameters = Parameters.random(manager, 1)) {
                        parameters.constant("w", value, 2);
                        return parameters.write(false);
                    }
                });
    }

    private static boolean released(NDArray array) {
        return ((PtNDArray) array).isReleased();
    }
}
