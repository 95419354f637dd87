/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the same formulas in double precision. */
class AdamOptimizerTest {

    private static final int COUNT = 4;
    private static final double[] STEEPNESS = {1, 30, 0.2, 4};
    private static final double[] LOWEST = {2, -1, 0.5, 3};

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;
    private Parameters parameters;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        parameters = Parameters.random(manager, 1);
        parameters.constant("w", 0, COUNT);
        JniUtils.setGradMode(true);
        parameters.requireGradients();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void stepsAreThoseOfAdamWithLimitedGradients() {
        AdamOptimizer adam = new AdamOptimizer(manager, parameters.arrays());
        double[] w = new double[COUNT];
        double[] mean = new double[COUNT];
        double[] variance = new double[COUNT];
        boolean limited = false;
        boolean free = false;
        for (int t = 1; t <= 120; t++) {
            double rate = 0.1 / (1 + 0.01 * t);
            descend();
            adam.step(rate);
            double[] gradient = new double[COUNT];
            double square = 0;
            for (int i = 0; i < COUNT; i++) {
                gradient[i] = STEEPNESS[i] * (w[i] - LOWEST[i]);
                square += gradient[i] * gradient[i];
            }
            double limit = Math.min(1, 5 / Math.sqrt(square));
            limited |= limit < 1;
            free |= limit == 1;
            for (int i = 0; i < COUNT; i++) {
                double g = gradient[i] * limit;
                mean[i] = 0.9 * mean[i] + 0.1 * g;
                variance[i] = 0.99 * variance[i] + 0.01 * g * g;
                double unbiased = mean[i] / (1 - Math.pow(0.9, t));
                double spread = Math.sqrt(variance[i] / (1 - Math.pow(0.99, t)));
                w[i] -= rate * unbiased / (spread + 1e-8);
            }
            float[] actual = parameters.arrays().get("w").toFloatArray();
            for (int i = 0; i < COUNT; i++) {
                assertThat(actual[i]).isCloseTo((float) w[i], within(2e-4f));
            }
        }
        assertThat(limited && free).isTrue();
    }

    @Test
    void gradientsAreUsedUp() {
        AdamOptimizer adam = new AdamOptimizer(manager, parameters.arrays());
        descend();
        adam.step(0.1);
        try (NDArray gradient = parameters.arrays().get("w").getGradient()) {
            assertThat(gradient.toFloatArray()).containsOnly(0);
        }
    }

    @Test
    void aGradientThatIsNotFiniteChangesNothing() {
        AdamOptimizer adam = new AdamOptimizer(manager, parameters.arrays());
        descend();
        assertThat(adam.step(0.1)).isTrue();
        float[] before = parameters.arrays().get("w").toFloatArray();
        try (NDManager scratch = manager.newSubManager()) {
            NDArray loss = parameters.arrays().get("w").mul(Float.NaN).sum();
            JniUtils.backward(
                    (PtNDArray) loss, (PtNDArray) scratch.ones(loss.getShape()), false, false);
        }
        assertThat(adam.step(0.1)).isFalse();
        assertThat(parameters.arrays().get("w").toFloatArray()).isEqualTo(before);
        descend();
        assertThat(adam.step(0.1)).isTrue();
        assertThat(parameters.arrays().get("w").toFloatArray()).doesNotContain(Float.NaN);
    }

    @Test
    void theMovingAverageForgetsTheStartQuicklyAndThenSlowly() {
        MovingAverage average = new MovingAverage(manager, parameters.arrays(), 0.9);
        AdamOptimizer adam = new AdamOptimizer(manager, parameters.arrays());
        double[] expected = new double[COUNT];
        for (int t = 1; t <= 150; t++) {
            descend();
            adam.step(0.05);
            average.update(t);
            double keep = Math.min(0.9, (1.0 + t) / (10.0 + t));
            float[] now = parameters.arrays().get("w").toFloatArray();
            for (int i = 0; i < COUNT; i++) {
                expected[i] = keep * expected[i] + (1 - keep) * now[i];
            }
        }
        Parameters read = Parameters.read(manager, average.write(parameters));
        float[] actual = read.arrays().get("w").toFloatArray();
        for (int i = 0; i < COUNT; i++) {
            assertThat(actual[i])
                    .isCloseTo((float) expected[i], within((float) Math.abs(expected[i]) / 1000));
        }
    }

    @Test
    void nothingIsLeftBehindByAStep() {
        AdamOptimizer adam = new AdamOptimizer(manager, parameters.arrays());
        MovingAverage average = new MovingAverage(manager, parameters.arrays(), 0.99);
        NDManager own = parameters.arrays().get("w").getManager();
        int before = manager.getManagedArrays().size();
        int ownBefore = own.getManagedArrays().size();
        for (int t = 1; t <= 20; t++) {
            descend();
            adam.step(0.1);
            average.update(t);
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(own.getManagedArrays()).hasSize(ownBefore);
    }

    /** Leaves the gradient of {@code sum steepness / 2 (w - lowest)^2} in the parameters. */
    private void descend() {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray steepness = array(scratch, STEEPNESS);
            NDArray distance = array(scratch, LOWEST).sub(parameters.arrays().get("w"));
            NDArray loss = steepness.mul(distance).mul(distance).sum().div(2);
            JniUtils.backward(
                    (PtNDArray) loss, (PtNDArray) scratch.ones(loss.getShape()), false, false);
        }
    }

    private static NDArray array(NDManager scratch, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return scratch.create(floats, new Shape(values.length));
    }
}
