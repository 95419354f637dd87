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
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980) with the gradient's norm limited over all parameters
 * together.
 */
final class AdamOptimizer {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;
    private static final double EPSILON = 1e-8;
    private static final double LARGEST_NORM = 5;

    private final List<Slot> slots = new ArrayList<>();
    private final NDManager manager;
    private long steps;

    private record Slot(NDArray parameter, NDArray mean, NDArray variance) {}

    AdamOptimizer(NDManager manager, Map<String, NDArray> parameters) {
        this.manager = manager;
        for (NDArray parameter : parameters.values()) {
            slots.add(
                    new Slot(
                            parameter,
                            manager.zeros(parameter.getShape()),
                            manager.zeros(parameter.getShape())));
        }
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
            double limit = norm > LARGEST_NORM ? LARGEST_NORM / norm : 1;
            double size =
                    rate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get(i);
                NDArray gradient = gradients.get(i).muli(limit);
                slot.mean.muli(BETA1).addi(gradient.mul(1 - BETA1));
                slot.variance.muli(BETA2).addi(gradient.square().muli(1 - BETA2));
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
