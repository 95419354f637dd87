/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.inverso.network.Parameters;
import org.inverso.network.Scaled;

/**
 * Learned choice, by softmax, of the factor that a coordinate of a style comes from (GANverse3D,
 * arXiv 2010.09125, section 4): camera, shape, texture or background in the first layers, one of
 * the last three in the others, so that the camera cannot change the content's layers.
 *
 * <p>Logits lie in the weights as {@value #CAMERA}, {@code float[4, K, D]}, and {@value #CONTENT},
 * {@code float[3, L - K, D]}.
 */
public final class Selectors {

    static final String CAMERA = "selectors.camera";
    static final String CONTENT = "selectors.content";

    /** Camera, shape, texture, background. */
    static final int FACTORS = 4;

    /** Logits are learned this much faster than weights, which are a hundredth of them. */
    private static final double RATE = 10;

    private final NDArray camera;
    private final NDArray content;

    public Selectors(Parameters parameters, RendererShape shape) {
        this.camera =
                parameters.constant(CAMERA, 0, FACTORS, shape.cameraLayers(), shape.components());
        this.content =
                parameters.constant(
                        CONTENT,
                        0,
                        FACTORS - 1,
                        shape.layers() - shape.cameraLayers(),
                        shape.components());
    }

    /**
     * Shares of the factors in the first layers' coordinates, which sum to one over the factors.
     *
     * @param owner whose manager gets the result
     * @return {@code float[4, K, D]}
     */
    public NDArray ofCameraLayers(NDArray owner) {
        return Scaled.by(owner, camera, RATE).softmax(0);
    }

    /** Shares of shape, texture and background in the others, {@code float[3, L - K, D]}. */
    public NDArray ofContentLayers(NDArray owner) {
        return Scaled.by(owner, content, RATE).softmax(0);
    }

    /** Mean entropy of the shares, nats: 0 when each coordinate has one factor only. */
    public NDArray entropy(NDArray owner) {
        NDArray first = entropyOf(ofCameraLayers(owner));
        NDArray others = entropyOf(ofContentLayers(owner));
        double share =
                camera.getShape().get(1)
                        / (double) (camera.getShape().get(1) + content.getShape().get(1));
        return Scaled.by(first, share).add(Scaled.by(others, 1 - share));
    }

    private static NDArray entropyOf(NDArray shares) {
        return Scaled.by(shares.mul(shares.add(1e-8).log()).sum(new int[] {0}).mean(), -1);
    }

    /**
     * One coordinate of each factor to one coordinate each.
     *
     * @param byFactor of camera {@code float[N, K, D]}, and of shape, texture and background {@code
     *     float[N, L, D]}
     * @return {@code float[N, L, D]}
     */
    NDArray select(NDArray... byFactor) {
        NDArray owner = byFactor[0];
        long k = camera.getShape().get(1);
        NDArray inCamera = ofCameraLayers(owner);
        NDArray inContent = ofContentLayers(owner);
        NDArray first = owner.mul(inCamera.get(new NDIndex("0")));
        NDArray others = null;
        for (int f = 1; f < FACTORS; f++) {
            first =
                    first.add(
                            byFactor[f]
                                    .get(new NDIndex(":, 0:{}", k))
                                    .mul(inCamera.get(new NDIndex("{}", f))));
            NDArray part =
                    byFactor[f]
                            .get(new NDIndex(":, {}:", k))
                            .mul(inContent.get(new NDIndex("{}", f - 1)));
            others = others == null ? part : others.add(part);
        }
        return first.concat(others, 1);
    }
}
