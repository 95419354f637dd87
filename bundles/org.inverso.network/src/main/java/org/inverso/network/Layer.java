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

    /** This layer, then another one. */
    default Layer then(Layer next) {
        return input -> next.forward(forward(input));
    }
}
