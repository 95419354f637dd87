/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.raster;

/**
 * Gradients of a loss with regard to images; null stands for zeros. Shapes as in {@link
 * RasterImages}.
 */
public final class RasterUpstream {

    /** {@code float[B*H*W*3]}. */
    public float[] color;

    /** {@code float[B*H*W*C]}. */
    public float[] attributes;

    /** {@code float[B*H*W]}. */
    public float[] depth;

    /** {@code float[B*H*W]}. */
    public float[] softMask;

    /** {@code float[B*H*W*3]}. */
    public float[] barycentric;
}
