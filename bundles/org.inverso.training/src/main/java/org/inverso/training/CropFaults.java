/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.SplittableRandom;
import org.inverso.encoder.cnn.EncoderNetwork;

/**
 * What a camera and a segmenter do to a crop: exposure, cast, contrast and noise, and a matte that
 * is a little too wide or too narrow, or has a bay.
 */
final class CropFaults {

    private static final int SIDE = EncoderNetwork.SIZE;
    private static final int PLANE = SIDE * SIDE;

    private final float[] gaussian = CameraFaults.gaussian(new SplittableRandom(7));

    /**
     * @param colors {@code float[N * 3 * SIZE * SIZE]}, 0 to 1, with what is behind the object
     * @param alpha {@code float[N * SIZE * SIZE]}
     * @return as an {@link EncoderNetwork} reads them, {@code float[N * 4 * SIZE * SIZE]}
     */
    float[] apply(float[] colors, float[] alpha, SplittableRandom random) {
        int count = alpha.length / PLANE;
        float[] crops = new float[4 * alpha.length];
        for (int n = 0; n < count; n++) {
            float[] matte = matte(alpha, n * PLANE, random);
            CameraFaults camera = new CameraFaults(random, 0.25, 0.08, 0.3, 0.02, gaussian);
            for (int c = 0; c < 3; c++) {
                int from = (3 * n + c) * PLANE;
                int to = (4 * n + c) * PLANE;
                for (int i = 0; i < PLANE; i++) {
                    crops[to + i] = 2 * camera.apply(c, colors[from + i]) * matte[i] - 1;
                }
            }
            for (int i = 0; i < PLANE; i++) {
                crops[(4 * n + 3) * PLANE + i] = 2 * matte[i] - 1;
            }
        }
        return crops;
    }

    private static float[] matte(float[] alpha, int offset, SplittableRandom random) {
        float[] matte = new float[PLANE];
        // The threshold moves the outline by about a pixel, since mattes of small pictures are
        // soft.
        float threshold = (float) random.nextDouble(0.25, 0.75);
        for (int i = 0; i < PLANE; i++) {
            float sharpened = 2 * (alpha[offset + i] - threshold) + 0.5f;
            matte[i] = Math.max(0, Math.min(1, sharpened));
        }
        if (random.nextInt(3) == 0) {
            bay(matte, random);
        }
        return matte;
    }

    private static void bay(float[] matte, SplittableRandom random) {
        int cx = random.nextInt(SIDE);
        int cy = random.nextInt(SIDE);
        int radius = random.nextInt(4, 14);
        for (int y = Math.max(0, cy - radius); y < Math.min(SIDE, cy + radius); y++) {
            for (int x = Math.max(0, cx - radius); x < Math.min(SIDE, cx + radius); x++) {
                if ((x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius) {
                    matte[y * SIDE + x] = 0;
                }
            }
        }
    }
}
