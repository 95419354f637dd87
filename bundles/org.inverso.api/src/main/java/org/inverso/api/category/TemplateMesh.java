/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.List;

/**
 * A base mesh with a linear shape space: {@code vertices = positions + sum_k weight_k *
 * shapeBasis_k}. Object frame, metres. Triangles are counter-clockwise from outside. Arrays are
 * shared and not to be modified.
 *
 * @param positions {@code float[V*3]}, at rest
 * @param uvs {@code float[V*2]}, (0, 0) is the atlas' top left corner
 * @param faces {@code int[F*3]}
 * @param facePart {@code int[F]}, index into {@code parts}
 * @param faceMaterial {@code int[F]}, index into {@code materials}
 * @param shapeTargets names of the K shape targets
 * @param shapeBasis {@code float[K*V*3]}
 * @param mirrorVertex {@code int[V]}, the vertex that a reflection at x = 0 takes each vertex to,
 *     with its place in the atlas; empty when the category is not symmetric
 */
public record TemplateMesh(
        float[] positions,
        float[] uvs,
        int[] faces,
        int[] facePart,
        int[] faceMaterial,
        List<Part> parts,
        List<Material> materials,
        List<String> shapeTargets,
        float[] shapeBasis,
        int[] mirrorVertex) {

    public int vertexCount() {
        return positions.length / 3;
    }

    public int faceCount() {
        return faces.length / 3;
    }

    public int shapeCount() {
        return shapeTargets.size();
    }
}
