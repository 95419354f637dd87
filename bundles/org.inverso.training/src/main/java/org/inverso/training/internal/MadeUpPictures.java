/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.training.PictureFolder.Picture;

/**
 * Pictures for those who have no photos: a sky over a ground, with a horizon, clouds and clutter of
 * value noise. They teach a network less about real surroundings than photos do, but more than one
 * colour.
 */
public final class MadeUpPictures {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int OCTAVES = 5;
    private static final int COUNT = 48;

    private MadeUpPictures() {}

    /** The same for the same seed. */
    public static List<Picture> of(long seed) {
        List<Picture> pictures = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < COUNT; i++) {
            pictures.add(one(random.split()));
        }
        return pictures;
    }

    private static Picture one(SplittableRandom random) {
        float[] clouds = noise(random, random.nextInt(3, 7), 0.6);
        float[] clutter = noise(random, random.nextInt(4, 24), random.nextDouble(0.5, 0.85));
        double[][] colors = new double[5][];
        for (int c = 0; c < colors.length; c++) {
            colors[c] = color(random, c < 2 ? 0.45 : 0.05, c < 2 ? 0.25 : 0.5);
        }
        double horizon = random.nextDouble(0.2, 0.85) * HEIGHT;
        double rough = random.nextDouble(0, 40);
        double contrast = random.nextDouble(0.2, 1);
        int[] rgb = new int[WIDTH * HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            int y = i / WIDTH;
            boolean sky = y < horizon + rough * (clutter[i % WIDTH] - 0.5);
            double t = sky ? clouds[i] : clutter[i];
            double depth = sky ? y / horizon : (y - horizon) / Math.max(1, HEIGHT - horizon);
            int value = 0;
            for (int c = 0; c < 3; c++) {
                double near = sky ? colors[1][c] : colors[3][c];
                double far = sky ? colors[0][c] : colors[2][c];
                double base = far + (near - far) * depth;
                double mixed = base + contrast * (t - 0.5) * 2 * Math.abs(colors[4][c] - base);
                value = value << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, mixed)));
            }
            rgb[i] = 0xff000000 | value;
        }
        return new Picture(WIDTH, HEIGHT, rgb);
    }

    private static double[] color(SplittableRandom random, double least, double spread) {
        double grey = random.nextDouble(least, least + 0.55);
        double[] color = new double[3];
        for (int c = 0; c < 3; c++) {
            color[c] = Math.max(0, Math.min(1, grey + spread * random.nextDouble(-0.5, 0.5)));
        }
        return color;
    }

    /** Value noise, several octaves of it, 0 to 1. */
    private static float[] noise(SplittableRandom random, int cells, double persistence) {
        float[] sum = new float[WIDTH * HEIGHT];
        double weights = 0;
        double weight = 1;
        for (int octave = 0; octave < OCTAVES; octave++) {
            int n = cells << octave;
            float[] lattice = new float[(n + 2) * (n + 2)];
            for (int i = 0; i < lattice.length; i++) {
                lattice[i] = (float) random.nextDouble();
            }
            for (int i = 0; i < sum.length; i++) {
                double u = (i % WIDTH) * (double) n / WIDTH;
                double v = (i / WIDTH) * (double) n / WIDTH;
                int x = (int) u;
                int y = (int) v;
                double fx = smooth(u - x);
                double fy = smooth(v - y);
                int at = y * (n + 2) + x;
                double top = lattice[at] + fx * (lattice[at + 1] - lattice[at]);
                int below = at + n + 2;
                double bottom = lattice[below] + fx * (lattice[below + 1] - lattice[below]);
                sum[i] += (float) (weight * (top + fy * (bottom - top)));
            }
            weights += weight;
            weight *= persistence;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= (float) weights;
        }
        return sum;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }
}
