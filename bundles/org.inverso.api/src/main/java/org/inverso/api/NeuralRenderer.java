/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.scene.SceneEstimate;

/** Renders a scene with a generative network instead of a rasterizer (GANverse3D, section 4). */
public interface NeuralRenderer extends Stage {

    /**
     * Draws a scene's camera, shape, texture and background. Light and vertex offsets are not
     * drawn; a texture or background that the scene does not tell is grey.
     *
     * @param size side of the picture, pixels; enlarged from what the network draws
     * @throws CategoryException when the category has no weights for it
     */
    Image render(SceneEstimate scene, CategoryModel category, int size);
}
