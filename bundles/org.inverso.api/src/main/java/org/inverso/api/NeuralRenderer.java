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

    Image render(SceneEstimate scene, CategoryModel category, int size);
}
