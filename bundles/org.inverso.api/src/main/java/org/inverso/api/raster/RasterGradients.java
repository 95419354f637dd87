/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.raster;

/**
 * Gradients of the loss with regard to the scene. Shapes as in {@link RasterScene}; null where the
 * scene has null.
 */
public final class RasterGradients {

    public float[] positions;

    /** Entry by entry, as if the 16 numbers were independent. */
    public float[] view;

    /** Entry by entry, as if the 16 numbers were independent. */
    public float[] projection;

    public float[] attributes;

    public float[] texture;

    /**
     * With regard to given normals; with computed normals their gradient is part of {@link
     * #positions}.
     */
    public float[] normals;

    public float[] lights;
}
