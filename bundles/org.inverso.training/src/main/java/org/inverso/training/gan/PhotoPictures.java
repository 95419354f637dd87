/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.training.PictureFolder.Picture;

/** The middle square of photos, shrunk by averaging; all are read once. */
public final class PhotoPictures implements TrainingPictures {

    private final float[][] pictures;

    public PhotoPictures(List<Picture> photos, int resolution) {
        this.pictures =
                photos.stream().map(photo -> square(photo, resolution)).toArray(float[][]::new);
    }

    private static float[] square(Picture photo, int resolution) {
        int side = Math.min(photo.width(), photo.height());
        int left = (photo.width() - side) / 2;
        int top = (photo.height() - side) / 2;
        float[] planes = new float[3 * resolution * resolution];
        for (int y = 0; y < resolution; y++) {
            int y0 = top + y * side / resolution;
            int y1 = Math.max(y0 + 1, top + (y + 1) * side / resolution);
            for (int x = 0; x < resolution; x++) {
                int x0 = left + x * side / resolution;
                int x1 = Math.max(x0 + 1, left + (x + 1) * side / resolution);
                int[] sums = new int[3];
                for (int v = y0; v < y1; v++) {
                    for (int u = x0; u < x1; u++) {
                        int rgb = photo.rgb()[v * photo.width() + u];
                        sums[0] += rgb >> 16 & 255;
                        sums[1] += rgb >> 8 & 255;
                        sums[2] += rgb & 255;
                    }
                }
                float count = (y1 - y0) * (x1 - x0);
                for (int c = 0; c < 3; c++) {
                    planes[(c * resolution + y) * resolution + x] = sums[c] / count / 127.5f - 1;
                }
            }
        }
        return planes;
    }

    @Override
    public void draw(SplittableRandom random, float[] dest, int offset) {
        float[] picture = pictures[random.nextInt(pictures.length)];
        System.arraycopy(picture, 0, dest, offset, picture.length);
    }
}
