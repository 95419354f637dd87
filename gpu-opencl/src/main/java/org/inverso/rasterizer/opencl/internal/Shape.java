/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.opencl.internal;

/** Places in the array of sizes and switches that all kernels get, as in {@code common.cl}. */
enum Shape {
    VIEWS,
    WIDTH,
    HEIGHT,
    BLOCKS_X,
    BLOCKS,
    VERTICES,
    FACES,
    KNUM,
    SOFT,
    SHADING,
    LIGHT_NUMBERS,
    CHANNELS,
    HAS_COLOR,
    HAS_TEXTURE,
    HAS_LEVELS,
    LEVELS,
    TEXTURE_WIDTH,
    TEXTURE_HEIGHT,
    COARSE_SIZE,
    STRIDE,
    ATTRIBUTE_OFFSET,
    GRADIENT_COLOR,
    GRADIENT_ATTRIBUTES,
    GRADIENT_DEPTH,
    GRADIENT_BARYCENTRIC,
    GRADIENT_SOFT_MASK,
    GRADIENT_EDGES,
    BACKWARD
}
