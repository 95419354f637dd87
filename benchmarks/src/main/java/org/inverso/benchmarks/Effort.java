/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long JMH measures one number.
 *
 * @param forks processes; 0 measures in this one
 * @param warmups iterations that do not count
 * @param iterations that count
 * @param millis of one iteration
 */
record Effort(int forks, int warmups, int iterations, int millis) {
    /** A number in about three seconds. */
    static final Effort QUICK = new Effort(1, 6, 8, 200);

    /** One of the whole table's some 300 numbers. */
    static final Effort TABLE = new Effort(1, 5, 5, 200);

    /** As good as nothing: whether it runs at all. */
    static final Effort LEAST = new Effort(0, 0, 1, 1);

    void applyTo(ChainedOptionsBuilder options) {
        options.forks(forks)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(millis));
    }
}
