/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp.internal;

import java.util.Arrays;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;

/**
 * What a network says of the camera: of a crop alone, or the mean of that and of what it says of
 * the crop's mirror image, reflected.
 *
 * @param probabilities {@code float[BINS]}
 * @param offsets from each bin's centre, in units of a bin's width, {@code float[BINS]}
 * @param camera {@code float[CAMERA]}, see {@link CameraCode}
 */
record CameraReading(float[] probabilities, float[] offsets, float[] camera) {

    /**
     * @param heads of one code or of two, the second one of the mirror image
     */
    static CameraReading of(SceneNetwork.Heads heads) {
        CameraReading[] rows = rows(heads);
        return rows.length == 1 ? rows[0] : rows[0].mean(rows[1].reflected());
    }

    private static CameraReading[] rows(SceneNetwork.Heads heads) {
        float[] probabilities = heads.azimuth().softmax(1).toFloatArray();
        float[] offsets = heads.azimuthOffset().toFloatArray();
        float[] camera = heads.camera().toFloatArray();
        CameraReading[] rows = new CameraReading[probabilities.length / SceneNetwork.BINS];
        for (int r = 0; r < rows.length; r++) {
            rows[r] =
                    new CameraReading(
                            row(probabilities, r, SceneNetwork.BINS),
                            row(offsets, r, SceneNetwork.BINS),
                            row(camera, r, SceneNetwork.CAMERA));
        }
        return rows;
    }

    private static float[] row(float[] values, int row, int length) {
        return Arrays.copyOfRange(values, row * length, (row + 1) * length);
    }

    private CameraReading reflected() {
        int bins = SceneNetwork.BINS;
        CameraReading other =
                new CameraReading(new float[bins], new float[bins], CameraCode.reflection());
        for (int b = 0; b < bins; b++) {
            int from = (bins - b) % bins;
            other.probabilities[b] = probabilities[from];
            other.offsets[b] = -offsets[from];
        }
        for (int k = 0; k < camera.length; k++) {
            other.camera[k] *= camera[k];
        }
        return other;
    }

    private CameraReading mean(CameraReading other) {
        int bins = SceneNetwork.BINS;
        CameraReading mean =
                new CameraReading(new float[bins], new float[bins], new float[camera.length]);
        for (int b = 0; b < bins; b++) {
            float mine = probabilities[b];
            float theirs = other.probabilities[b];
            mean.probabilities[b] = (mine + theirs) / 2;
            // Where neither has any, the offset does not matter.
            float sum = Math.max(mine + theirs, Float.MIN_NORMAL);
            mean.offsets[b] = (mine * offsets[b] + theirs * other.offsets[b]) / sum;
        }
        for (int k = 0; k < camera.length; k++) {
            mean.camera[k] = (camera[k] + other.camera[k]) / 2;
        }
        return mean;
    }
}
