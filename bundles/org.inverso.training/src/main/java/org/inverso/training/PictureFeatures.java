/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.inverso.network.Parameters;
import org.inverso.recognizer.net.NetRecognizer;
import org.inverso.recognizer.net.RecognitionNetwork;
import org.inverso.training.internal.FeatureCloud;

/** What the built-in recognizer sees in pictures. */
final class PictureFeatures implements AutoCloseable {

    /** Length of the features of a picture. */
    static final int LENGTH = RecognitionNetwork.FEATURES;

    private static final int SIZE = RecognitionNetwork.SIZE;
    private static final int BATCH = 64;

    private final NDManager manager;
    private final RecognitionNetwork network;

    PictureFeatures(NDManager parent) {
        this.manager = parent.newSubManager();
        this.network = new RecognitionNetwork(Parameters.read(manager, NetRecognizer.weights()));
    }

    /**
     * @param pictures {@code float[N, 3, side, side]}, -1 to 1
     * @param side a multiple of the network's 32 pixels, or a divisor
     */
    FeatureCloud of(float[] pictures, int side) {
        int planes = pictures.length / (side * side);
        float[] small = new float[planes * SIZE * SIZE];
        for (int i = 0; i < small.length; i++) {
            int plane = i / (SIZE * SIZE);
            small[i] = at(pictures, plane * side * side, side, i % SIZE, i / SIZE % SIZE);
        }
        int count = planes / 3;
        float[][] features = new float[count][LENGTH];
        int size = 3 * SIZE * SIZE;
        for (int first = 0; first < count; first += BATCH) {
            int samples = Math.min(BATCH, count - first);
            float[] some = new float[samples * size];
            System.arraycopy(small, first * size, some, 0, some.length);
            try (NDManager scratch = manager.newSubManager()) {
                float[] seen =
                        network.features(scratch.create(some, new Shape(samples, 3, SIZE, SIZE)))
                                .toFloatArray();
                for (int n = 0; n < samples; n++) {
                    System.arraycopy(seen, n * LENGTH, features[first + n], 0, LENGTH);
                }
            }
        }
        return new FeatureCloud(features);
    }

    /** Mean over what a pixel of the small picture covers. */
    private static float at(float[] pictures, int offset, int side, int x, int y) {
        int x0 = x * side / SIZE;
        int y0 = y * side / SIZE;
        int x1 = Math.max(x0 + 1, (x + 1) * side / SIZE);
        int y1 = Math.max(y0 + 1, (y + 1) * side / SIZE);
        float sum = 0;
        for (int v = y0; v < y1; v++) {
            for (int u = x0; u < x1; u++) {
                sum += pictures[offset + v * side + u];
            }
        }
        return sum / ((x1 - x0) * (y1 - y0));
    }

    /** Of a fixed picture: two networks that give the same are the same. */
    float[] fingerprint() {
        float[] picture = new float[3 * SIZE * SIZE];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (float) Math.sin(0.1 * i + 0.01 * (i / SIZE % SIZE) * i);
        }
        return of(picture, SIZE).features()[0];
    }

    @Override
    public void close() {
        manager.close();
    }
}
