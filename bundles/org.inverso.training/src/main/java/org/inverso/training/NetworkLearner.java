/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import org.inverso.network.Parameters;

/**
 * One network that learns by Adam, with a learning rate that warms up and then falls to zero along
 * a cosine, and an exponential moving average of its parameters.
 */
final class NetworkLearner implements Learner {

    private static final int WARM_UP_STEPS = 200;
    private static final double AVERAGE_DECAY = 0.999;

    private final NDManager manager;
    private final Parameters parameters;
    private final TrainingRun.Step step;
    private final double learningRate;
    private final AdamOptimizer adam;
    private final MovingAverage average;

    NetworkLearner(
            NDManager manager, Parameters parameters, TrainingRun.Step step, double learningRate) {
        this(manager, parameters, parameters.arrays(), step, learningRate);
    }

    /**
     * @param learned those of the parameters that are to be learned; the others stay
     */
    NetworkLearner(
            NDManager manager,
            Parameters parameters,
            Map<String, NDArray> learned,
            TrainingRun.Step step,
            double learningRate) {
        learned.values().forEach(array -> array.setRequiresGradient(true));
        this.manager = manager;
        this.parameters = parameters;
        this.step = step;
        this.learningRate = learningRate;
        this.adam = new AdamOptimizer(manager, learned);
        this.average = new MovingAverage(manager, parameters.arrays(), AVERAGE_DECAY);
    }

    @Override
    public double step(Moment moment, Map<String, Double> metrics) {
        double lossNow;
        try (NDManager scratch = manager.newSubManager()) {
            NDArray loss = step.loss(scratch, moment.done(), metrics);
            lossNow = loss.getFloat();
            JniUtils.backward(
                    (PtNDArray) loss, (PtNDArray) scratch.ones(loss.getShape()), false, false);
        }
        if (!adam.step(rate(moment.done(), moment.own() + 1))) {
            return Double.NaN;
        }
        average.update(moment.own() + 1);
        return lossNow;
    }

    private double rate(double done, long steps) {
        double warm = Math.min(1, steps / (double) WARM_UP_STEPS);
        return learningRate * warm * (0.02 + 0.98 * (0.5 + 0.5 * Math.cos(Math.PI * done)));
    }

    @Override
    public byte[] checkpoint() {
        return parameters.write(false);
    }

    @Override
    public byte[] weights() {
        return average.write(parameters);
    }
}
