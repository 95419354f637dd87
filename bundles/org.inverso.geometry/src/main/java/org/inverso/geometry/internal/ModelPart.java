/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import java.util.SortedMap;
import org.joml.Vector3d;

/**
 * A piece of a model under a name of its own.
 *
 * @param origin of its node
 * @param positions {@code float[V*3]}, in the same frame as {@code origin}
 * @param uvs {@code float[V*2]}
 * @param faces {@code int[F*3]}
 * @param faceMaterial {@code int[F]}, index into the model's materials
 * @param deltas by morph target, {@code float[V*3]}
 */
public record ModelPart(
        String name,
        Vector3d origin,
        float[] positions,
        float[] uvs,
        int[] faces,
        int[] faceMaterial,
        SortedMap<String, float[]> deltas) {

    public int faceCount() {
        return faces.length / 3;
    }
}
