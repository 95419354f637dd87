/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import org.inverso.disentangler.mlp.SceneNetwork;

/**
 * A camera as the network reads it, {@code float[SIZE]}: sine and cosine of the azimuth and of its
 * first multiples, so that fronts and rears, which look alike, are as far apart as they should be,
 * then the numbers of {@link org.inverso.disentangler.mlp.CameraCode}.
 */
public final class CameraFactor {

    /** Multiples of the azimuth. */
    private static final int HARMONICS = 4;

    public static final int SIZE = 2 * HARMONICS + SceneNetwork.CAMERA;

    /** Numbers of a code beyond which no network has seen a camera. */
    private static final float LARGEST = 2.5f;

    private CameraFactor() {}

    /**
     * @param code {@code float[SceneNetwork.CAMERA]} as {@link
     *     org.inverso.disentangler.mlp.CameraCode#encode} makes it
     */
    public static float[] of(double azimuthDeg, float[] code) {
        float[] factor = new float[SIZE];
        for (int h = 0; h < HARMONICS; h++) {
            double angle = Math.toRadians((h + 1) * azimuthDeg);
            factor[2 * h] = (float) Math.sin(angle);
            factor[2 * h + 1] = (float) Math.cos(angle);
        }
        for (int i = 0; i < code.length; i++) {
            factor[2 * HARMONICS + i] = Math.max(-LARGEST, Math.min(LARGEST, code[i]));
        }
        return factor;
    }
}
