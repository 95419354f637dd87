/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.gan.TrainingPictures;
import org.inverso.training.synthesis.CutoutStore;

/** Single random views of a category's objects, each before a background out of focus. */
final class CutoutPictures implements TrainingPictures {

    private static final int SIZE = 128;

    private final CutoutStore store;
    private final Compositor compositor;
    private final int resolution;

    CutoutPictures(CutoutStore store, List<Picture> backgrounds, int resolution) {
        this.store = store;
        this.compositor = new Compositor(SIZE, List.of(store), backgrounds, List.of());
        this.resolution = resolution;
    }

    @Override
    public void draw(SplittableRandom random, float[] dest, int offset) {
        float[] rgb = compositor.portrait(store.get(random.nextInt(store.size())), random).rgb();
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < resolution; y++) {
                for (int x = 0; x < resolution; x++) {
                    dest[offset + (c * resolution + y) * resolution + x] =
                            2 * mean(rgb, c * SIZE * SIZE, x, y) - 1;
                }
            }
        }
    }

    private float mean(float[] rgb, int plane, int x, int y) {
        int x0 = x * SIZE / resolution;
        int y0 = y * SIZE / resolution;
        int x1 = Math.max(x0 + 1, (x + 1) * SIZE / resolution);
        int y1 = Math.max(y0 + 1, (y + 1) * SIZE / resolution);
        float sum = 0;
        for (int v = y0; v < y1; v++) {
            for (int u = x0; u < x1; u++) {
                sum += rgb[plane + v * SIZE + u];
            }
        }
        return sum / ((x1 - x0) * (y1 - y0));
    }
}
