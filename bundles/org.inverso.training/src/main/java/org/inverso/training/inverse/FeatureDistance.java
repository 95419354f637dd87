/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.inverso.network.Parameters;
import org.inverso.recognizer.net.NetRecognizer;
import org.inverso.recognizer.net.RecognitionNetwork;

/**
 * Perceptual distance: L1 between what the built-in recognizer sees in a rendered view and in a
 * crop, both on black.
 */
public final class FeatureDistance implements AutoCloseable {

    private static final int SIZE = RecognitionNetwork.SIZE;

    private final NDManager manager;
    private final RecognitionNetwork network;

    public FeatureDistance(NDManager parent) {
        manager = parent.newSubManager();
        network = new RecognitionNetwork(Parameters.read(manager, NetRecognizer.weights()));
    }

    /**
     * @param color rendered, {@code float[H*W*3]}, linear, black outside; H and W are twice the
     *     recognizer's
     * @param rgb of the crop, {@code float[H*W*3]}, display colours, black outside
     * @param dest gradient with regard to {@code color}, times {@code weight}, added to
     * @return the unweighted distance, the mean over the features
     */
    public double add(float[] color, float[] rgb, double weight, float[] dest) {
        int side = 2 * SIZE;
        float[] display = new float[color.length];
        for (int i = 0; i < color.length; i++) {
            display[i] = ColourDistance.encoded(color[i]);
        }
        try (NDManager scratch = manager.newSubManager()) {
            Shape shape = new Shape(1, 3, SIZE, SIZE);
            NDArray wanted = network.features(scratch.create(planes(rgb, side), shape));
            NDArray seen = scratch.create(planes(display, side), shape);
            seen.setRequiresGradient(true);
            NDArray distance = network.features(seen).sub(wanted.stopGradient()).abs().mean();
            JniUtils.backward(
                    (PtNDArray) distance,
                    (PtNDArray) scratch.ones(distance.getShape()),
                    false,
                    false);
            NDArray gradient = seen.getGradient();
            gradient.attach(scratch);
            float[] planes = gradient.toFloatArray();
            for (int i = 0; i < side * side; i++) {
                int at = i / side / 2 * SIZE + i % side / 2;
                for (int c = 0; c < 3; c++) {
                    // Two by two pixels are averaged, and 0 to 1 becomes -1 to 1.
                    dest[3 * i + c] +=
                            (float)
                                    (weight
                                            * planes[c * SIZE * SIZE + at]
                                            * (2 / 4.0)
                                            * ColourDistance.slope(color[3 * i + c]));
                }
            }
            return distance.getFloat();
        }
    }

    /** Half the size, from -1 to 1, by channel. */
    private static float[] planes(float[] rgb, int side) {
        float[] planes = new float[3 * SIZE * SIZE];
        for (int i = 0; i < side * side; i++) {
            int at = i / side / 2 * SIZE + i % side / 2;
            for (int c = 0; c < 3; c++) {
                planes[c * SIZE * SIZE + at] += rgb[3 * i + c] / 2;
            }
        }
        for (int i = 0; i < planes.length; i++) {
            planes[i] -= 1;
        }
        return planes;
    }

    @Override
    public void close() {
        manager.close();
    }
}
