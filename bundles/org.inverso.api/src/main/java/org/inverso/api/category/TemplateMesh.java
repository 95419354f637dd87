/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.List;
import java.util.Optional;

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
 * @param skin on which the mesh hangs; empty when its parts are rigid
 * @param clips animations of the skeleton
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
        int[] mirrorVertex,
        Optional<Skin> skin,
        List<SkeletonClip> clips) {

    public TemplateMesh {
        clips = List.copyOf(clips);
    }

    /** A template of rigid parts. */
    public TemplateMesh(
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
        this(
                positions,
                uvs,
                faces,
                facePart,
                faceMaterial,
                parts,
                materials,
                shapeTargets,
                shapeBasis,
                mirrorVertex,
                Optional.empty(),
                List.of());
    }

    /** The same with the vertices' images under reflection. */
    public TemplateMesh withMirror(int[] newMirrorVertex) {
        return new TemplateMesh(
                positions,
                uvs,
                faces,
                facePart,
                faceMaterial,
                parts,
                materials,
                shapeTargets,
                shapeBasis,
                newMirrorVertex,
                skin,
                clips);
    }

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
