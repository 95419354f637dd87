/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inverso.network.Parameters;

/** Exponential moving average of parameters, which does better than the last step's. */
final class MovingAverage {

    private final Map<String, NDArray> averages = new LinkedHashMap<>();
    private final Map<String, NDArray> parameters;
    private final NDManager manager;
    private final double decay;

    MovingAverage(NDManager manager, Map<String, NDArray> parameters, double decay) {
        this.manager = manager;
        this.parameters = parameters;
        this.decay = decay;
        parameters.forEach(
                (name, array) -> {
                    NDArray copy = array.stopGradient().duplicate();
                    copy.attach(manager);
                    averages.put(name, copy);
                });
    }

    void update(long steps) {
        // Early on, a long memory would hold on to the random start.
        double keep = Math.min(decay, (1.0 + steps) / (10.0 + steps));
        JniUtils.setGradMode(false);
        try (NDManager scratch = manager.newSubManager()) {
            averages.forEach(
                    (name, average) -> {
                        NDArray step = parameters.get(name).mul(1 - keep);
                        step.attach(scratch);
                        average.muli(keep).addi(step);
                    });
        } finally {
            JniUtils.setGradMode(true);
        }
    }

    /** The averages, in full precision, by name. */
    Map<String, NDArray> arrays() {
        return averages;
    }

    /** In half precision; {@code like} gives the order of names. */
    byte[] write(Parameters like) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList list = new NDList();
            for (String name : like.arrays().keySet()) {
                NDArray half = averages.get(name).toType(DataType.FLOAT16, true);
                half.attach(scratch);
                half.setName(name);
                list.add(half);
            }
            return list.encode(NDList.Encoding.SAFETENSORS);
        }
    }
}
