/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.raster;

/** Result of a forward pass. Row 0 is the top one. */
public final class RasterImages {

    /**
     * {@code float[B*H*W*3]}, shaded; null when the scene has neither texture nor three attributes.
     */
    public float[] color;

    /** {@code float[B*H*W*C]}, interpolated attributes; 0 outside; null when there are none. */
    public float[] attributes;

    /**
     * {@code float[B*H*W]}, distance in front of the camera plane, metres; positive infinity
     * outside.
     */
    public float[] depth;

    /** {@code float[B*H*W]}, 1 on faces, falling off outside. */
    public float[] softMask;

    /** {@code int[B*H*W]}, the nearest face, or -1. */
    public int[] faceIndex;

    /** {@code float[B*H*W*3]}, perspective-correct, add up to 1 on faces; 0 outside. */
    public float[] barycentric;
}
