/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp;

import ai.djl.ndarray.NDArray;

/** A network that reads scenes from latent codes. */
public interface SceneReader {

    /** Numbers of a code. */
    int codeLength();

    /** Shape targets that it knows, K. */
    int shapeCount();

    /** Pose parameters that it knows, P. */
    int poseCount();

    /**
     * All heads.
     *
     * @param codes {@code float[N, codeLength]}
     */
    default SceneNetwork.Heads forward(NDArray codes) {
        return forward(codes, (int) codes.getShape().get(0));
    }

    /**
     * All heads; the texture, whose decoder costs most, only of some codes.
     *
     * @param textured how many of the codes, the first ones
     */
    SceneNetwork.Heads forward(NDArray codes, int textured);
}
