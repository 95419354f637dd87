/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;

/**
 * Who frees an array. DJL gives a result to the manager of the first operand; when that is a
 * parameter, the result would live as long as the network.
 */
public final class Ownership {

    private Ownership() {}

    /**
     * Hands an array over to the manager of another one.
     *
     * @return the same array
     */
    public static NDArray like(NDArray owner, NDArray result) {
        result.attach(owner.getManager());
        return result;
    }
}
