/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;

/**
 * Products with a number, for use where gradients pass. {@code NDArray.mul(Number)} makes an array
 * of the number and closes it at once, though the backward pass needs it: Java may collect its
 * memory in between, and the gradient is then multiplied by whatever lies there. Here the number
 * lives as long as the result. {@code div(Number)} and {@code pow(Number)} are no better; sums do
 * not need their operands again.
 */
public final class Scaled {

    private Scaled() {}

    public static NDArray by(NDArray array, double factor) {
        return by(array, array, factor);
    }

    /**
     * @param owner whose manager gets the result and the number
     */
    public static NDArray by(NDArray owner, NDArray array, double factor) {
        NDArray number = owner.getManager().create((float) factor);
        return Ownership.like(owner, array.mul(number));
    }
}
