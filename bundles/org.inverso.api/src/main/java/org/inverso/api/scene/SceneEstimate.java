/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.scene;

import java.util.Optional;
import org.inverso.api.image.Image;

/**
 * What a picture shows, taken apart. Arrays are shared and not to be modified.
 *
 * @param camera that looks at the square crop
 * @param shape {@code float[K]}, weights of the category's shape targets
 * @param pose {@code float[P]}, the category's pose parameters, radians
 * @param vertexOffsets {@code float[V*3]} added to the shaped rest mesh, metres; empty when there
 *     are none
 * @param texture predicted albedo in the category's UV atlas, low resolution, without holes
 * @param lighting how the object is lit
 * @param background the picture without the object, when it is known
 * @param score how probable this hypothesis is, comparable among the hypotheses of one picture only
 */
public record SceneEstimate(
        OrbitCamera camera,
        float[] shape,
        float[] pose,
        float[] vertexOffsets,
        Optional<Image> texture,
        ShLighting lighting,
        Optional<Image> background,
        double score) {}
