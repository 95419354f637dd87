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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980) with the gradient's norm limited over all parameters
 * together.
 */
final class AdamOptimizer {

    private static final double EPSILON = 1e-8;
    private static final Decay DEFAULT = new Decay(0.9, 0.99);
    private static final double LARGEST_NORM = 5;

    private final List<Slot> slots = new ArrayList<>();
    private final NDManager manager;
    private final Decay decay;
    private final double largestNorm;
    private long steps;

    private record Slot(String name, NDArray parameter, NDArray mean, NDArray variance) {}

    /**
     * How long gradients are remembered.
     *
     * @param mean beta 1
     * @param variance beta 2
     */
    record Decay(double mean, double variance) {}

    AdamOptimizer(NDManager manager, Map<String, NDArray> parameters) {
        this(manager, parameters, DEFAULT, LARGEST_NORM);
    }

    /**
     * @param largestNorm of the gradient over all parameters, above which it is shortened
     */
    AdamOptimizer(
            NDManager manager, Map<String, NDArray> parameters, Decay decay, double largestNorm) {
        this.manager = manager;
        this.decay = decay;
        this.largestNorm = largestNorm;
        parameters.forEach(
                (name, parameter) ->
                        slots.add(
                                new Slot(
                                        name,
                                        parameter,
                                        manager.zeros(parameter.getShape()),
                                        manager.zeros(parameter.getShape()))));
    }

    long steps() {
        return steps;
    }

    /** The moments by the names of their parameters, to be kept with them. */
    Map<String, NDArray> moments() {
        Map<String, NDArray> moments = new LinkedHashMap<>();
        for (Slot slot : slots) {
            moments.put("mean." + slot.name, slot.mean);
            moments.put("variance." + slot.name, slot.variance);
        }
        return moments;
    }

    /** Goes on where another one was, after its {@link #moments} were written back. */
    void resume(long steps) {
        this.steps = steps;
    }

    /**
     * Uses up the gradients that the last backward pass left in the parameters.
     *
     * @return false when a gradient is not finite; the parameters stay as they are then
     */
    boolean step(double rate) {
        JniUtils.setGradMode(false);
        try (NDManager scratch = manager.newSubManager()) {
            List<NDArray> gradients = new ArrayList<>();
            double square = 0;
            for (Slot slot : slots) {
                NDArray gradient = slot.parameter.getGradient();
                gradient.attach(scratch);
                gradients.add(gradient);
                square += gradient.square().sum().getFloat();
            }
            double norm = Math.sqrt(square);
            if (!Double.isFinite(norm)) {
                slots.forEach(slot -> JniUtils.zeroGrad((PtNDArray) slot.parameter));
                return false;
            }
            steps++;
            double limit = norm > largestNorm ? largestNorm / norm : 1;
            double size =
                    rate
                            * Math.sqrt(1 - Math.pow(decay.variance, steps))
                            / (1 - Math.pow(decay.mean, steps));
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get(i);
                NDArray gradient = gradients.get(i).muli(limit);
                slot.mean.muli(decay.mean).addi(gradient.mul(1 - decay.mean));
                slot.variance.muli(decay.variance).addi(gradient.square().muli(1 - decay.variance));
                // Results belong to the manager of the first operand: what is not kept must move to
                // the scratch one.
                NDArray root = slot.variance.sqrt();
                root.attach(scratch);
                NDArray change = slot.mean.mul(size);
                change.attach(scratch);
                slot.parameter.subi(change.divi(root.addi(EPSILON)));
                JniUtils.zeroGrad((PtNDArray) slot.parameter);
            }
            return true;
        } finally {
            JniUtils.setGradMode(true);
        }
    }
}
