/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Plane;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;

/**
 * Makes of a clean rendering what a segmenter makes of a photo: a mask that is too wide or too
 * narrow, with bays and holes, parts hidden, surroundings leaking in, and a camera's blur, noise
 * and colour cast.
 */
final class CropDegrader {

    private static final int IN = Cutout.SIZE;
    private static final int OUT = EncoderNetwork.SIZE;

    private final List<Picture> backgrounds;
    private final float[] gaussian = CameraFaults.gaussian(new SplittableRandom(7));

    CropDegrader(List<Picture> backgrounds) {
        this.backgrounds = backgrounds;
    }

    /** What the network sees, and the camera as seen by the crop that was taken. */
    record Degraded(Image pixels, OrbitCamera camera) {}

    Degraded degrade(Cutout cutout, SplittableRandom random) {
        float[] alpha = alpha(cutout);
        float[] mask = mask(alpha, cutout.shadow(), random);
        Picture background = backgrounds.get(random.nextInt(backgrounds.size()));
        CameraFaults faults = new CameraFaults(random, 0.25, 0.08, 0.3, 0.02, gaussian);
        double blur = random.nextInt(3) == 0 ? random.nextDouble(0.3, 1.1) : 0;
        int bx = random.nextInt(Math.max(1, background.width() - 2));
        int by = random.nextInt(Math.max(1, background.height() - 2));
        return crop(cutout, alpha, mask, background, bx, by, faults, blur);
    }

    /** The cutout as it is, with its true mask. */
    Degraded faultless(Cutout cutout) {
        float[] alpha = alpha(cutout);
        return crop(cutout, alpha, alpha, backgrounds.get(0), 0, 0, CameraFaults.none(), 0);
    }

    private static float[] alpha(Cutout cutout) {
        float[] alpha = new float[IN * IN];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (cutout.rgba()[4 * i + 3] & 0xff) / 255f;
        }
        return alpha;
    }

    /**
     * @param bx column of the background at the crop's left edge
     * @param by row of the background at the crop's upper edge
     * @param blur pixels of the cutout
     */
    private static Degraded crop(
            Cutout cutout,
            float[] alpha,
            float[] mask,
            Picture background,
            int bx,
            int by,
            CameraFaults faults,
            double blur) {
        CropRegion region = CropRegion.around(new Plane(IN, IN, mask));
        byte[] rgba = new byte[4 * OUT * OUT];
        double scale = region.size() / OUT;
        float[] color = new float[4];
        float[] tap = new float[4];
        for (int y = 0; y < OUT; y++) {
            for (int x = 0; x < OUT; x++) {
                double u = region.x() + (x + 0.5) * scale - 0.5;
                double v = region.y() + (y + 0.5) * scale - 0.5;
                java.util.Arrays.fill(color, 0);
                int taps = blur > 0 ? 4 : 1;
                for (int k = 0; k < taps; k++) {
                    double du = blur * ((k & 1) == 0 ? -1 : 1);
                    double dv = blur * ((k & 2) == 0 ? -1 : 1);
                    sample(cutout.rgba(), alpha, mask, u + du, v + dv, tap);
                    for (int c = 0; c < 4; c++) {
                        color[c] += tap[c] / taps;
                    }
                }
                float covered = sampleOne(alpha, u, v);
                int there =
                        background
                                .rgb()[
                                (by + y) % background.height() * background.width()
                                        + (bx + x) % background.width()];
                int at = 4 * (y * OUT + x);
                for (int c = 0; c < 3; c++) {
                    float behind = (there >> (16 - 8 * c) & 255) / 255f;
                    float value = color[c] * covered + behind * (1 - covered);
                    value = faults.apply(c, value);
                    rgba[at + c] = (byte) Math.round(255 * value);
                }
                rgba[at + 3] = (byte) Math.round(255 * color[3]);
            }
        }
        return new Degraded(new Image(OUT, OUT, rgba), seenIn(region, IN, cutout.camera()));
    }

    /**
     * The camera of a part of the picture.
     *
     * @param side of the picture, pixels
     */
    static OrbitCamera seenIn(CropRegion region, int side, OrbitCamera camera) {
        float size = region.size() / side;
        float middleX = 2 * (region.x() + region.size() / 2) / side - 1;
        float middleY = 1 - 2 * (region.y() + region.size() / 2) / side;
        return camera.withPicturePlane(
                camera.focal() / size,
                (camera.shiftX() - middleX) / size,
                (camera.shiftY() - middleY) / size);
    }

    /** Colour without the black around the object, and the mask. */
    private static void sample(
            byte[] rgba, float[] alpha, float[] mask, double u, double v, float[] dest) {
        int x = (int) Math.floor(u);
        int y = (int) Math.floor(v);
        float fx = (float) (u - x);
        float fy = (float) (v - y);
        float weight = 0;
        java.util.Arrays.fill(dest, 0);
        for (int k = 0; k < 4; k++) {
            int px = x + (k & 1);
            int py = y + (k >> 1);
            if (px < 0 || py < 0 || px >= IN || py >= IN) {
                continue;
            }
            float w = ((k & 1) == 0 ? 1 - fx : fx) * ((k >> 1) == 0 ? 1 - fy : fy);
            int i = py * IN + px;
            for (int c = 0; c < 3; c++) {
                dest[c] += w * alpha[i] * (rgba[4 * i + c] & 0xff) / 255f;
            }
            dest[3] += w * mask[i];
            weight += w * alpha[i];
        }
        if (weight > 0) {
            for (int c = 0; c < 3; c++) {
                dest[c] /= weight;
            }
        }
    }

    private static float sampleOne(float[] plane, double u, double v) {
        int x = (int) Math.max(0, Math.min(IN - 1, Math.round(u)));
        int y = (int) Math.max(0, Math.min(IN - 1, Math.round(v)));
        return plane[y * IN + x];
    }

    private static float[] mask(float[] alpha, byte[] shadow, SplittableRandom random) {
        float[] mask = alpha.clone();
        int kind = random.nextInt(10);
        if (kind < 3) {
            return mask;
        }
        // Shadows are easily taken for a part of the object.
        if (random.nextInt(3) == 0) {
            float share = (float) random.nextDouble(0.4, 1.4);
            for (int y = 0; y < IN; y++) {
                for (int x = 0; x < IN; x++) {
                    int s = y * Cutout.SHADOW / IN * Cutout.SHADOW + x * Cutout.SHADOW / IN;
                    float dark = (shadow[s] & 0xff) / 255f * share;
                    mask[y * IN + x] = Math.max(mask[y * IN + x], dark > 0.5f ? dark : 0);
                }
            }
        }
        int blobs = random.nextInt(5);
        for (int b = 0; b < blobs; b++) {
            blob(mask, alpha, random);
        }
        if (random.nextInt(6) == 0) {
            bar(mask, random);
        }
        int grow = random.nextInt(-2, 3);
        mask = grow == 0 ? mask : grown(mask, grow);
        int count = 0;
        for (float value : mask) {
            count += value >= 0.5f ? 1 : 0;
        }
        return count < 200 ? alpha : mask;
    }

    /** Adds or removes a disc at the outline. */
    private static void blob(float[] mask, float[] alpha, SplittableRandom random) {
        for (int tries = 0; tries < 60; tries++) {
            int cx = random.nextInt(4, IN - 4);
            int cy = random.nextInt(4, IN - 4);
            boolean here = alpha[cy * IN + cx] > 0.5f;
            if (here == alpha[cy * IN + Math.min(IN - 1, cx + 4)] > 0.5f
                    && here == alpha[Math.min(IN - 1, cy + 4) * IN + cx] > 0.5f) {
                continue;
            }
            double radius = random.nextDouble(2, 10);
            double squeeze = random.nextDouble(0.4, 1.6);
            float value = random.nextInt(3) == 0 ? 1 : 0;
            for (int y = 0; y < IN; y++) {
                for (int x = 0; x < IN; x++) {
                    double dx = (x - cx) * squeeze;
                    double dy = (y - cy) / squeeze;
                    if (dx * dx + dy * dy < radius * radius) {
                        mask[y * IN + x] = value;
                    }
                }
            }
            return;
        }
    }

    /** Something that stands in front: a post, or the picture's border. */
    private static void bar(float[] mask, SplittableRandom random) {
        boolean upright = random.nextInt(3) > 0;
        int from = random.nextInt(IN);
        int width = random.nextInt(3, 18);
        for (int y = 0; y < IN; y++) {
            for (int x = 0; x < IN; x++) {
                int along = upright ? x : y;
                if (along >= from && along < from + width) {
                    mask[y * IN + x] = 0;
                }
            }
        }
    }

    private static float[] grown(float[] mask, int steps) {
        float[] current = mask;
        for (int s = 0; s < Math.abs(steps); s++) {
            float[] next = current.clone();
            for (int y = 1; y < IN - 1; y++) {
                for (int x = 1; x < IN - 1; x++) {
                    int i = y * IN + x;
                    float a = Math.max(current[i - 1], current[i + 1]);
                    float b = Math.max(current[i - IN], current[i + IN]);
                    float c = Math.min(current[i - 1], current[i + 1]);
                    float d = Math.min(current[i - IN], current[i + IN]);
                    next[i] =
                            steps > 0
                                    ? Math.max(current[i], Math.max(a, b))
                                    : Math.min(current[i], Math.min(c, d));
                }
            }
            current = next;
        }
        return current;
    }
}
