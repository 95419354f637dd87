/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.scene.SceneEstimate;

/** Latent code to scene: camera, shape, pose, texture, lighting, background. */
public interface Disentangler extends Stage {

    /**
     * Hypotheses, the most probable first: front and rear can look alike, and rendering decides
     * between them later. Cameras look at the crop that was encoded.
     *
     * @throws CategoryException when the category has no weights that this disentangler can read
     */
    List<SceneEstimate> disentangle(LatentCode code, CategoryModel category);
}
