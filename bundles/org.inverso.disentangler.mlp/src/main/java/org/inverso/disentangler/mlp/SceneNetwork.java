/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Activation;
import org.inverso.network.Convolution;
import org.inverso.network.Dense;
import org.inverso.network.GroupNorm;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.network.Upsample;

/**
 * Heads that take a latent code apart: an MLP for camera, shape, pose and light, and a small
 * decoder for the texture. Input {@code float[N, latent]}.
 */
public final class SceneNetwork implements SceneReader {

    /** Number of azimuth bins; bin b is centred on {@code b * 360 / BINS} degrees. */
    public static final int BINS = 24;

    /** Side of the predicted texture, texels. */
    public static final int TEXTURE_SIZE = 64;

    /** Numbers that the camera head predicts besides the azimuth, see {@link CameraCode}. */
    public static final int CAMERA = 6;

    private static final int HIDDEN = 384;
    private static final int GROUPS = 8;

    private final int latent;
    private final int shapeCount;
    private final int poseCount;
    private final Layer trunk;
    private final Layer azimuth;
    private final Layer azimuthOffset;
    private final Layer camera;
    private final Layer shape;
    private final Layer pose;
    private final Layer light;
    private final Layer texture;

    /** Heads of the given sizes. */
    public SceneNetwork(Parameters parameters, int latent, int shapeCount, int poseCount) {
        this.latent = latent;
        this.shapeCount = shapeCount;
        this.poseCount = poseCount;
        this.trunk =
                new Dense(parameters, "trunk", latent, HIDDEN, Math.sqrt(2)).then(Activation::relu);
        this.azimuth = new Dense(parameters, "azimuth", HIDDEN, BINS, 0.1);
        this.azimuthOffset = new Dense(parameters, "azimuthOffset", HIDDEN, BINS, 0.1);
        this.camera = new Dense(parameters, "camera", HIDDEN, CAMERA, 0.1);
        this.shape = new Dense(parameters, "shape", HIDDEN, shapeCount, 0.1);
        this.pose = poseCount == 0 ? null : new Dense(parameters, "pose", HIDDEN, poseCount, 0.1);
        this.light = new Dense(parameters, "light", HIDDEN, 27, 0.1);
        this.texture =
                new Dense(parameters, "texture.seed", HIDDEN, 64 * 4 * 4, Math.sqrt(2))
                        .then(seed -> seed.reshape(seed.getShape().get(0), 64, 4, 4))
                        .then(rise(parameters, "texture.8", 64, 48))
                        .then(rise(parameters, "texture.16", 48, 32))
                        .then(rise(parameters, "texture.32", 32, 24))
                        .then(rise(parameters, "texture.64", 24, 16))
                        .then(new Convolution(parameters, "texture.out", 16, 3, 1, 1, true));
    }

    /** Heads of the sizes that the parameters have. */
    public static SceneNetwork read(Parameters parameters) {
        boolean posed = parameters.arrays().containsKey("pose.bias");
        return new SceneNetwork(
                parameters,
                (int) parameters.dimension("trunk.weight", 1),
                (int) parameters.dimension("shape.bias", 0),
                posed ? (int) parameters.dimension("pose.bias", 0) : 0);
    }

    private static Layer rise(Parameters parameters, String name, int in, int out) {
        return new Upsample()
                .then(new Convolution(parameters, name, in, out, 3, 1, false))
                .then(new GroupNorm(parameters, name + ".norm", out, GROUPS))
                .then(Activation::relu);
    }

    @Override
    public int codeLength() {
        return latent;
    }

    @Override
    public int shapeCount() {
        return shapeCount;
    }

    @Override
    public int poseCount() {
        return poseCount;
    }

    @Override
    public Heads forward(NDArray latent, int textured) {
        NDArray features = trunk.forward(latent);
        return new Heads(
                azimuth.forward(features),
                azimuthOffset.forward(features).tanh(),
                camera.forward(features),
                shape.forward(features),
                pose == null ? null : pose.forward(features).tanh(),
                light.forward(features),
                texture.forward(features.get(new NDIndex("0:{}", textured))));
    }

    /**
     * @param azimuth logits {@code float[N, BINS]}
     * @param azimuthOffset from each bin's centre, in units of a bin's width, {@code float[N,
     *     BINS]}
     * @param camera {@code float[N, CAMERA]}, see {@link CameraCode}
     * @param shape weights {@code float[N, K]}
     * @param pose -1 to 1 between the parameters' limits, {@code float[N, P]}, or null
     * @param light difference from uniform light, {@code float[N, 27]}
     * @param texture logits of sRGB, {@code float[M, 3, TEXTURE_SIZE, TEXTURE_SIZE]}, M codes of
     *     which it was asked for
     */
    public record Heads(
            NDArray azimuth,
            NDArray azimuthOffset,
            NDArray camera,
            NDArray shape,
            NDArray pose,
            NDArray light,
            NDArray texture) {}
}
