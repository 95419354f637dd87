/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

/** What the pose does to vertices, in place, and back. All arrays are in the object frame. */
interface PoseFunction {

    /**
     * @param vertices {@code float[V*3]}, at rest, overwritten by the posed ones
     */
    void pose(float[] shape, float[] pose, float[] vertices);

    /** Whether {@link #backward} wants the vertices at rest. */
    boolean needsRest();

    /**
     * Adds to {@code dShape} what the shape does through pivots or joints, and to {@code dPose}.
     *
     * @param vertices {@code float[V*3]}, posed
     * @param dVertices {@code float[V*3]}, derivative with regard to them
     * @param rest {@code float[V*3]}, the vertices at rest if they are needed, else {@code
     *     dVertices} again; overwritten by the derivative with regard to the vertices at rest
     */
    void backward(
            float[] shape,
            float[] pose,
            float[] vertices,
            float[] dVertices,
            float[] dShape,
            float[] dPose,
            float[] rest);
}
