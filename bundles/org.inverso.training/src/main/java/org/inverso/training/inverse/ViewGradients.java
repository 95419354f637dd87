/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import org.inverso.disentangler.mlp.SceneNetwork;

/**
 * Gradients of a loss on one rendered view with regard to what the network's heads predict. A plain
 * holder that is filled again and again.
 */
public final class ViewGradients {

    /** Per degree. */
    public float azimuthDeg;

    /** {@code float[CAMERA]}, see {@link org.inverso.disentangler.mlp.CameraCode}. */
    public final float[] camera = new float[SceneNetwork.CAMERA];

    /** {@code float[K]}. */
    public final float[] shape;

    /** {@code float[P]}, per radian. */
    public final float[] pose;

    /** {@code float[V*3]}, of the posed vertices, per metre. */
    public final float[] vertices;

    /** {@code float[27]}; zeros for views without colour. */
    public final float[] light = new float[27];

    /**
     * {@code float[3*T*T]}, of linear albedo, rows of RGB texels; zeros for views without colour.
     */
    public final float[] texture =
            new float[3 * SceneNetwork.TEXTURE_SIZE * SceneNetwork.TEXTURE_SIZE];

    public ViewGradients(int shapeCount, int poseCount, int vertexCount) {
        shape = new float[shapeCount];
        pose = new float[poseCount];
        vertices = new float[3 * vertexCount];
    }
}
