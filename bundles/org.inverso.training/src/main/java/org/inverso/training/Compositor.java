/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.segmenter.net.SegmentationNetwork;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Puts cutouts into photos: with their shadow, behind and in front of other things, and with a
 * camera's faults over all of it. Other things are pasted just like the objects, so that being
 * pasted gives nothing away.
 */
final class Compositor {

    static final int SIZE = SegmentationNetwork.SIZE;

    /** Longer side of the object in a cutout, pixels. */
    private static final double OBJECT = 0.8 * Cutout.SIZE;

    private final CutoutStore store;
    private final List<Picture> backgrounds;
    private final float[] gaussian = CameraFaults.gaussian(new SplittableRandom(7));

    Compositor(CutoutStore store, List<Picture> backgrounds) {
        this.store = store;
        this.backgrounds = backgrounds;
    }

    /**
     * @param rgb {@code float[3*SIZE*SIZE]}, planes, 0 to 1
     * @param mask {@code float[SIZE*SIZE]}
     */
    record Scene(float[] rgb, float[] mask) {
        Scene() {
            this(new float[3 * SIZE * SIZE], new float[SIZE * SIZE]);
        }
    }

    Scene sample(SplittableRandom random) {
        Scene scene = new Scene();
        background(scene.rgb, random);
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            patch(scene, random, 0.15, 0.6);
        }
        if (random.nextInt(10) > 0) {
            double longest = SIZE * random.nextDouble(0.4, 1.0);
            for (int i = random.nextInt(6) - 3; i > 0; i--) {
                // Others of the kind further away belong to the surroundings.
                paste(scene, random, longest * random.nextDouble(0.15, 0.45), false);
            }
            paste(scene, random, longest, true);
            if (random.nextInt(6) == 0) {
                patch(scene, random, 0.05, 0.2);
            }
        }
        if (random.nextInt(5) > 0) {
            coarsen(scene.rgb, random.nextInt(SIZE / 3, SIZE));
        }
        camera(scene.rgb, random);
        return scene;
    }

    private Picture picture(SplittableRandom random) {
        return backgrounds.get(random.nextInt(backgrounds.size()));
    }

    private void background(float[] rgb, SplittableRandom random) {
        Picture picture = picture(random);
        double side = Math.min(picture.width(), picture.height()) * random.nextDouble(0.5, 1);
        double left = random.nextDouble() * (picture.width() - side);
        double top = random.nextDouble() * (picture.height() - side);
        boolean flip = random.nextBoolean();
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double u = left + (flip ? SIZE - 0.5 - x : x + 0.5) / SIZE * side;
                double v = top + (y + 0.5) / SIZE * side;
                int color = at(picture, u, v);
                for (int c = 0; c < 3; c++) {
                    rgb[(c * SIZE + y) * SIZE + x] = (color >> (16 - 8 * c) & 255) / 255f;
                }
            }
        }
    }

    private static int at(Picture picture, double u, double v) {
        int x = (int) Math.max(0, Math.min(picture.width() - 1, u));
        int y = (int) Math.max(0, Math.min(picture.height() - 1, v));
        return picture.rgb()[y * picture.width() + x];
    }

    /** A piece of another photo in the shape of a blob; hides what is behind it. */
    private void patch(Scene scene, SplittableRandom random, double least, double most) {
        Picture picture = picture(random);
        double radius = SIZE * random.nextDouble(least, most) / 2;
        double cx = random.nextDouble(SIZE);
        double cy = random.nextDouble(SIZE);
        double squeeze = Math.exp(random.nextDouble(-0.7, 0.7));
        double[] phase = {random.nextDouble(6), random.nextDouble(6), random.nextDouble(6)};
        double[] size = {random.nextDouble(0.3), random.nextDouble(0.2), random.nextDouble(0.12)};
        double zoom = random.nextDouble(0.5, 1.6);
        float gain = (float) Math.exp(random.nextDouble(-0.4, 0.4));
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double dx = (x - cx) * squeeze;
                double dy = (y - cy) / squeeze;
                if (dx * dx + dy * dy > 2.7 * radius * radius) {
                    continue;
                }
                double angle = Math.atan2(dy, dx);
                double wavy =
                        1
                                + size[0] * Math.sin(2 * angle + phase[0])
                                + size[1] * Math.sin(3 * angle + phase[1])
                                + size[2] * Math.sin(7 * angle + phase[2]);
                double inside = radius * wavy - Math.sqrt(dx * dx + dy * dy);
                float alpha = (float) Math.max(0, Math.min(1, inside + 0.5));
                if (alpha > 0) {
                    int color =
                            at(
                                    picture,
                                    picture.width() / 2.0 + (x - cx) * zoom,
                                    picture.height() / 2.0 + (y - cy) * zoom);
                    for (int c = 0; c < 3; c++) {
                        int i = (c * SIZE + y) * SIZE + x;
                        float value = gain * (color >> (16 - 8 * c) & 255) / 255f;
                        scene.rgb[i] += alpha * (Math.min(1, value) - scene.rgb[i]);
                    }
                    scene.mask[y * SIZE + x] *= 1 - alpha;
                }
            }
        }
    }

    private void paste(Scene scene, SplittableRandom random, double longest, boolean counts) {
        Cutout cutout = store.get(random.nextInt(store.size()));
        double scale = longest / OBJECT;
        double free = Math.max(0, SIZE - longest);
        double cx = SIZE / 2.0 + random.nextDouble(-0.55, 0.55) * free;
        double cy = SIZE / 2.0 + random.nextDouble(-0.5, 0.6) * free;
        if (!counts) {
            cx = random.nextDouble(SIZE);
            cy = random.nextDouble(0.25, 0.7) * SIZE;
        }
        boolean flip = random.nextBoolean();
        CameraFaults faults = new CameraFaults(random, 0.3, 0.07, 0.22, 0, gaussian);
        float[] tap = new float[5];
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double u = ((x + 0.5 - cx) * (flip ? -1 : 1)) / scale + Cutout.SIZE / 2.0;
                double v = (y + 0.5 - cy) / scale + Cutout.SIZE / 2.0;
                if (u < 0 || v < 0 || u >= Cutout.SIZE || v >= Cutout.SIZE) {
                    continue;
                }
                sample(cutout, u, v, tap);
                for (int c = 0; c < 3; c++) {
                    int i = (c * SIZE + y) * SIZE + x;
                    float object = faults.apply(c, tap[c]);
                    float behind = scene.rgb[i] * (1 - tap[4]);
                    scene.rgb[i] = behind + tap[3] * (object - behind);
                }
                int i = y * SIZE + x;
                scene.mask[i] = scene.mask[i] * (1 - tap[3]) + (counts ? tap[3] : 0);
            }
        }
    }

    /** Colour without the black around, alpha, shadow; bilinear. */
    private static void sample(Cutout cutout, double u, double v, float[] dest) {
        double px = u - 0.5;
        double py = v - 0.5;
        int x = (int) Math.floor(px);
        int y = (int) Math.floor(py);
        float fx = (float) (px - x);
        float fy = (float) (py - y);
        java.util.Arrays.fill(dest, 0);
        byte[] rgba = cutout.rgba();
        for (int k = 0; k < 4; k++) {
            int ix = Math.max(0, Math.min(Cutout.SIZE - 1, x + (k & 1)));
            int iy = Math.max(0, Math.min(Cutout.SIZE - 1, y + (k >> 1)));
            float w = ((k & 1) == 0 ? 1 - fx : fx) * ((k >> 1) == 0 ? 1 - fy : fy);
            int i = 4 * (iy * Cutout.SIZE + ix);
            float alpha = (rgba[i + 3] & 0xff) / 255f;
            for (int c = 0; c < 3; c++) {
                dest[c] += w * alpha * (rgba[i + c] & 0xff) / 255f;
            }
            dest[3] += w * alpha;
        }
        if (dest[3] > 0) {
            for (int c = 0; c < 3; c++) {
                dest[c] /= dest[3];
            }
        }
        int s =
                (int) (v * Cutout.SHADOW / Cutout.SIZE) * Cutout.SHADOW
                        + (int) (u * Cutout.SHADOW / Cutout.SIZE);
        dest[4] = (cutout.shadow()[s] & 0xff) / 255f;
    }

    /** Exposure, cast, contrast, blur and noise of the whole picture. */
    void camera(float[] rgb, SplittableRandom random) {
        int plane = SIZE * SIZE;
        float grey = random.nextInt(8) == 0 ? (float) random.nextDouble() : 0;
        CameraFaults faults = new CameraFaults(random, 0.25, 0.1, 0.22, 0.025, gaussian);
        if (random.nextInt(2) == 0) {
            blur(rgb, (float) random.nextDouble(0.1, 0.5));
        }
        for (int i = 0; i < plane; i++) {
            float mean = (rgb[i] + rgb[i + plane] + rgb[i + 2 * plane]) / 3;
            for (int c = 0; c < 3; c++) {
                int at = i + c * plane;
                rgb[at] = faults.apply(c, rgb[at] + grey * (mean - rgb[at]));
            }
        }
    }

    /**
     * Takes away detail as a small picture would lack it. Renderings differ from photos most in
     * their details, and a network that leans on them fails on photos.
     *
     * @param size that the picture is reduced to and enlarged from
     */
    private static void coarsen(float[] rgb, int size) {
        float[] small = new float[size * size];
        double step = SIZE / (double) size;
        for (int c = 0; c < 3; c++) {
            int plane = c * SIZE * SIZE;
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    int x0 = (int) (x * step);
                    int x1 = Math.max(x0 + 1, (int) ((x + 1) * step));
                    int y0 = (int) (y * step);
                    int y1 = Math.max(y0 + 1, (int) ((y + 1) * step));
                    float sum = 0;
                    for (int v = y0; v < y1; v++) {
                        for (int u = x0; u < x1; u++) {
                            sum += rgb[plane + v * SIZE + u];
                        }
                    }
                    small[y * size + x] = sum / ((x1 - x0) * (y1 - y0));
                }
            }
            for (int y = 0; y < SIZE; y++) {
                float v = (float) Math.max(0, Math.min(size - 1.001, (y + 0.5) / step - 0.5));
                int iv = (int) v;
                for (int x = 0; x < SIZE; x++) {
                    float u = (float) Math.max(0, Math.min(size - 1.001, (x + 0.5) / step - 0.5));
                    int iu = (int) u;
                    int at = iv * size + iu;
                    float upper = small[at] + (u - iu) * (small[at + 1] - small[at]);
                    float lower =
                            small[at + size] + (u - iu) * (small[at + size + 1] - small[at + size]);
                    rgb[plane + y * SIZE + x] = upper + (v - iv) * (lower - upper);
                }
            }
        }
    }

    private static void blur(float[] rgb, float share) {
        float[] source = rgb.clone();
        for (int c = 0; c < 3; c++) {
            for (int y = 1; y < SIZE - 1; y++) {
                for (int x = 1; x < SIZE - 1; x++) {
                    int i = (c * SIZE + y) * SIZE + x;
                    float around =
                            (source[i - 1] + source[i + 1] + source[i - SIZE] + source[i + SIZE])
                                    / 4;
                    rgb[i] = source[i] + share * (around - source[i]);
                }
            }
        }
    }
}
