/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.raster;

import org.inverso.api.Stage;

/** Renders meshes, and takes image gradients back to all that was rendered. */
public interface DifferentiableRasterizer extends Stage {

    /**
     * Prepares buffers for passes with one topology and one setting. Passes allocate nothing once
     * warm. A session belongs to one thread at a time; different sessions may be used at once.
     *
     * @param faces {@code int[F*3]}, counter-clockwise from outside
     * @param vertexCount V
     * @throws IllegalArgumentException when a face names a vertex that is not there
     */
    RasterSession open(int[] faces, int vertexCount, RasterSettings settings);
}
