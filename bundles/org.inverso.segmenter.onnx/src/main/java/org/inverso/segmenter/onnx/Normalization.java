/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.onnx;

/**
 * How a model wants its input. Channels are divided by the largest value of the picture, then the
 * mean is subtracted and the result divided by the deviation, as in rembg's sessions.
 */
public enum Normalization {
    /** IS-Net (DIS, arXiv 2203.03041): mean 0.5, deviation 1. */
    ISNET(1024, new float[] {0.5f, 0.5f, 0.5f}, new float[] {1, 1, 1}),

    /** U2-Net (arXiv 2005.09007) and silueta: ImageNet's mean and deviation. */
    U2NET(320, new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

    private final int side;
    private final float[] mean;
    private final float[] deviation;

    Normalization(int side, float[] mean, float[] deviation) {
        this.side = side;
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Side of the input in pixels for models that leave it open. */
    public int side() {
        return side;
    }

    /** Mean of a channel: 0 red, 1 green, 2 blue. */
    public float mean(int channel) {
        return mean[channel];
    }

    /** Deviation of a channel. */
    public float deviation(int channel) {
        return deviation[channel];
    }
}
