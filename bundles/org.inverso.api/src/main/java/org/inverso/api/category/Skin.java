/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

/**
 * How a mesh hangs on a skeleton: every vertex follows up to {@link #INFLUENCES} joints. Arrays are
 * shared and not to be modified.
 *
 * @param joints {@code int[V*4]}, indices of joints
 * @param weights {@code float[V*4]}, not negative, those of a vertex add up to 1
 */
public record Skin(Skeleton skeleton, int[] joints, float[] weights) {

    /** Joints that a vertex may follow. */
    public static final int INFLUENCES = 4;
}
