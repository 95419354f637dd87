/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.network.Parameters;

/**
 * One camera for each view code, which all objects drawn from it share and which is learned with
 * the networks (GANverse3D, arXiv 2010.09125, section 3.1). It starts at the view code's azimuth,
 * on the horizon.
 */
public final class JointCameras {

    /** Of the parameters that hold the cameras' changes. */
    public static final String NAME = "joint.cameras";

    /** Degrees of a bin. */
    private static final double WIDTH = 360.0 / SceneNetwork.BINS;

    /**
     * What a reflection from left to right does to the change of azimuth and to the camera's
     * numbers: azimuth, elevation, roll, distance, size, shift to the right and upwards.
     */
    private static final float[] REFLECTED = reflected();

    private final double[] azimuthsDeg;
    private final NDArray changes;

    /**
     * @param azimuthsDeg of the view codes
     */
    public JointCameras(Parameters parameters, double[] azimuthsDeg) {
        this.azimuthsDeg = azimuthsDeg.clone();
        this.changes = parameters.constant(NAME, 0, azimuthsDeg.length, REFLECTED.length);
    }

    /**
     * What is learned: {@code float[V, 1 + CAMERA]}, the azimuth's change in units of a bin and the
     * rest of the camera, see {@link org.inverso.disentangler.mlp.CameraCode}.
     */
    public NDArray changes() {
        return changes;
    }

    /** Where each view's code looks from as it was found, in units of a bin, {@code float[N]}. */
    float[] start(PairBatch batch) {
        float[] start = new float[batch.size()];
        for (int i = 0; i < start.length; i++) {
            double azimuth = azimuthsDeg[batch.views().get(i).view()] / WIDTH;
            start[i] = (float) (batch.mirrored()[i] ? -azimuth : azimuth);
        }
        return start;
    }

    private static float[] reflected() {
        float[] camera = CameraCode.reflection();
        float[] reflected = new float[1 + camera.length];
        reflected[0] = -1;
        System.arraycopy(camera, 0, reflected, 1, camera.length);
        return reflected;
    }

    /** The {@link #changes} for each view of a batch, {@code float[N, 1 + CAMERA]}. */
    NDArray of(PairBatch batch, NDManager scratch) {
        int n = batch.size();
        int width = REFLECTED.length;
        float[] chosen = new float[n * azimuthsDeg.length];
        float[] signs = new float[n * width];
        for (int i = 0; i < n; i++) {
            chosen[i * azimuthsDeg.length + batch.views().get(i).view()] = 1;
            for (int k = 0; k < width; k++) {
                signs[i * width + k] = batch.mirrored()[i] ? REFLECTED[k] : 1;
            }
        }
        return scratch.create(chosen, new Shape(n, azimuthsDeg.length))
                .matMul(changes)
                .mul(scratch.create(signs, new Shape(n, width)));
    }
}
