/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import java.util.SplittableRandom;

/**
 * Pictures of another source, shrunk by averaging.
 *
 * @param source of larger pictures
 * @param side of the source's pictures, pixels
 * @param factor by which they are shrunk, which divides the side
 */
public record ShrunkPictures(TrainingPictures source, int side, int factor)
        implements TrainingPictures {

    @Override
    public void draw(SplittableRandom random, float[] dest, int offset) {
        float[] picture = new float[3 * side * side];
        source.draw(random, picture, 0);
        int small = side / factor;
        float share = 1f / (factor * factor);
        for (int i = 0; i < 3 * small * small; i++) {
            int row = i / small * factor;
            float sum = 0;
            for (int v = 0; v < factor; v++) {
                for (int u = 0; u < factor; u++) {
                    sum += picture[(row + v) * side + i % small * factor + u];
                }
            }
            dest[offset + i] = sum * share;
        }
    }
}
