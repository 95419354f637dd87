/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import org.inverso.training.PictureFolder.Picture;

/**
 * What shiny surfaces mirror: a small panorama made from any photo, with a bright sky above and
 * ground below.
 */
final class Surroundings {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 32;

    private final float[] radiance = new float[3 * WIDTH * HEIGHT];

    Surroundings(Picture photo, LightRig light) {
        for (int y = 0; y < HEIGHT; y++) {
            float up = (float) Math.cos(Math.PI * (y + 0.5) / HEIGHT);
            // The photo fills a band about the horizon; beyond it, sky and ground.
            float band = (float) Math.exp(-up * up / (2 * 0.3 * 0.3));
            int row =
                    (int)
                            Math.max(
                                    0,
                                    Math.min(
                                            photo.height() - 1,
                                            photo.height() * (0.5f - 0.7f * up)));
            for (int x = 0; x < WIDTH; x++) {
                // Mirrored halves close the panorama.
                int folded = x < WIDTH / 2 ? x : WIDTH - 1 - x;
                int rgb = photo.rgb()[row * photo.width() + folded * photo.width() / (WIDTH / 2)];
                for (int c = 0; c < 3; c++) {
                    float pixel = (float) Math.pow((rgb >> (16 - 8 * c) & 255) / 255.0, 2.2);
                    float far = up > 0 ? light.skyColor().get(c) : light.groundColor().get(c);
                    radiance[3 * (y * WIDTH + x) + c] = band * pixel + (1 - band) * far;
                }
            }
        }
    }

    /** Radiance of one channel that comes from a unit direction, nearest pixel. */
    int index(float x, float y, float z) {
        int row = (int) (Math.acos(Math.max(-1, Math.min(1, y))) / Math.PI * (HEIGHT - 0.01));
        int column = (int) ((Math.atan2(x, z) / (2 * Math.PI) + 0.5) * (WIDTH - 0.01));
        return 3 * (row * WIDTH + column);
    }

    float radiance(int index) {
        return radiance[index];
    }
}
