/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.raster.RasterSettings.Shading;

/**
 * Gradients of faces' corners, on their way from faces to vertices. A corner has numbers for its
 * clip coordinates, its depth, its normal if lit, its position if glossy, and its attributes.
 */
public final class CornerGradients {
    /** Offsets of a corner's gradients. */
    public static final int CLIP = 0;

    public static final int DEPTH = 4;
    public static final int NORMAL = 5;
    public static final int POSITION = 8;

    /** Whether normals have gradients. */
    public final boolean lit;

    /** Whether positions have gradients beside those through clip coordinates. */
    public final boolean glossy;

    /** {@code float[B*F*3*stride]}, defined where {@link #touched}. */
    public float[] values = new float[0];

    /** {@code boolean[B*F]}, whether the face has gradients; none once bound. */
    public final boolean[] touched;

    private final int attributeOffset;
    private int stride;

    public CornerGradients(Frame frame) {
        Shading shading = frame.settings.shading();
        lit = shading != Shading.NONE;
        glossy = shading == Shading.PHONG;
        attributeOffset = NORMAL + (lit ? 3 : 0) + (glossy ? 3 : 0);
        touched = new boolean[frame.grid.views * frame.topology.faceCount];
    }

    public void bind(int attributeCount) {
        stride = attributeOffset + attributeCount;
        values = Resolve.sized(values, touched.length * 3 * stride);
        Arrays.fill(touched, false);
    }

    /** Numbers a corner. */
    public int stride() {
        return stride;
    }

    public int attributeOffset() {
        return attributeOffset;
    }
}
