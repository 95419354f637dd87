/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerPoolTest {
    private static final String NAME = "inverso-pool-test";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void doesEachIndexOnce(int threads) {
        try (WorkerPool pool = new WorkerPool(threads, NAME)) {
            Job job = new Job(threads);
            for (int pass = 0; pass < 2000; pass++) {
                assertEachIndexOnce(pool, job, pass % 20);
            }
        }
    }

    /** The results must be there, too, which plain numbers show. */
    private static void assertEachIndexOnce(WorkerPool pool, Job job, int count) {
        int[] done = new int[count];
        AtomicIntegerArray inUse = new AtomicIntegerArray(pool.threads());
        pool.run(
                job,
                (index, worker) -> {
                    if (inUse.getAndSet(worker, 1) != 0) {
                        throw new IllegalStateException("two threads are worker " + worker);
                    }
                    done[index]++;
                    inUse.set(worker, 0);
                },
                count);
        assertThat(done).containsOnly(count == 0 ? new int[0] : new int[] {1});
    }

    @Test
    void helpersHelp() {
        try (WorkerPool pool = new WorkerPool(3, NAME)) {
            CountDownLatch together = new CountDownLatch(3);
            pool.run(
                    new Job(3),
                    (index, worker) -> {
                        together.countDown();
                        await(together);
                    },
                    3);
            assertThat(together.getCount()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void callersShareTheHelpers() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(3);
        try (WorkerPool pool = new WorkerPool(2, NAME)) {
            Callable<Void> caller =
                    () -> {
                        Job job = new Job(2);
                        for (int pass = 0; pass < 2000; pass++) {
                            assertEachIndexOnce(pool, job, 7);
                        }
                        return null;
                    };
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(callers.submit(caller));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            callers.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void throwsWhatATaskThrowsAndGoesOn(int threads) {
        try (WorkerPool pool = new WorkerPool(threads, NAME)) {
            Job job = new Job(threads);
            for (int pass = 0; pass < 200; pass++) {
                int bad = pass % 10;
                assertThatThrownBy(
                                () ->
                                        pool.run(
                                                job,
                                                (index, worker) -> {
                                                    if (index == bad) {
                                                        throw new ArithmeticException("bad");
                                                    }
                                                },
                                                10))
                        .isInstanceOf(ArithmeticException.class);
                assertEachIndexOnce(pool, job, 10);
            }
        }
    }

    @Test
    void goesOnAloneWhenClosed() {
        WorkerPool pool = new WorkerPool(2, NAME);
        Job job = new Job(2);
        assertEachIndexOnce(pool, job, 5);
        pool.close();
        assertEachIndexOnce(pool, job, 5);
    }

    @Test
    void refusesNumbersOfThreadsThatMakeNoSense() {
        assertThatThrownBy(() -> new WorkerPool(0, NAME))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WorkerPool(1 << 20, NAME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16384");
    }
}
