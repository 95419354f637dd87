/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.raster;

/** Forward and backward passes over one topology. */
public interface RasterSession extends AutoCloseable {

    /**
     * Renders. The result's arrays belong to the session and are overwritten by the next forward
     * pass.
     *
     * <p>Non-finite and zero-area faces are invisible and get no gradient.
     */
    RasterImages forward(RasterScene scene);

    /**
     * Takes image gradients of the last forward pass back to its scene. The result's arrays belong
     * to the session and are overwritten by the next backward pass.
     *
     * @param upstream gradient of the loss with regard to each image; a null array stands for zeros
     */
    RasterGradients backward(RasterUpstream upstream);

    @Override
    void close();
}
