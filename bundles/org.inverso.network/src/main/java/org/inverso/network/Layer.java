/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;

/**
 * A differentiable function with parameters of its own. Results belong to the manager of the input.
 */
@FunctionalInterface
public interface Layer {

    NDArray forward(NDArray input);

    /**
     * This layer, then another one. What lies between them is closed at once: the next operator
     * gets memory that is still in the processor's caches, and a backward pass keeps what it needs
     * itself.
     */
    default Layer then(Layer next) {
        return input -> {
            NDArray between = forward(input);
            NDArray result = next.forward(between);
            if (between != input && between != result) {
                between.close();
            }
            return result;
        };
    }
}
