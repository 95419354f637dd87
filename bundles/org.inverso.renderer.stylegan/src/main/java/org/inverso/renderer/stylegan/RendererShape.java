/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import org.inverso.network.Parameters;

/**
 * Sizes of a renderer; they can be read from its weights.
 *
 * @param layers styles of a picture, L of wPlus
 * @param cameraLayers first layers whose styles the camera has a say in, K
 * @param wSize length of a style, W
 * @param components coordinates of a style, D, see {@link StyleSpace}
 * @param shapeSize weights of the shape targets and pose parameters together
 */
public record RendererShape(
        int layers, int cameraLayers, int wSize, int components, int shapeSize) {

    /**
     * @throws IllegalArgumentException when one of the sizes is impossible
     */
    public RendererShape {
        if (cameraLayers < 1
                || cameraLayers >= layers
                || components < 1
                || components > wSize
                || shapeSize < 1) {
            throw new IllegalArgumentException("there is no renderer of these sizes");
        }
    }

    /**
     * Of weights that were read.
     *
     * @throws IllegalArgumentException when they are not those of a renderer
     */
    public static RendererShape of(Parameters parameters) {
        int camera = (int) parameters.dimension(Selectors.CAMERA, 1);
        int content = (int) parameters.dimension(Selectors.CONTENT, 1);
        return new RendererShape(
                camera + content,
                camera,
                (int) parameters.dimension(StyleSpace.BASIS, 1),
                (int) parameters.dimension(StyleSpace.BASIS, 0),
                (int) parameters.dimension(FactorStyles.SHAPE + ".0.weight", 1));
    }
}
