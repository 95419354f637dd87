/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner;

import org.inverso.api.image.Image;

/**
 * The matte that a silhouette is fitted to.
 *
 * @param size side, pixels
 * @param alpha {@code float[size*size]}
 */
public record TargetMask(int size, float[] alpha) {

    /** The alpha of a square crop. */
    public static TargetMask of(Image crop) {
        float[] alpha = new float[crop.width() * crop.height()];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (crop.rgba()[4 * i + 3] & 0xff) / 255f;
        }
        return new TargetMask(crop.width(), alpha);
    }

    /** Half the size, averaged. */
    public TargetMask halved() {
        int half = size / 2;
        float[] small = new float[half * half];
        for (int y = 0; y < half; y++) {
            for (int x = 0; x < half; x++) {
                int i = 2 * y * size + 2 * x;
                small[y * half + x] =
                        (alpha[i] + alpha[i + 1] + alpha[i + size] + alpha[i + size + 1]) / 4;
            }
        }
        return new TargetMask(half, small);
    }

    /**
     * The mask as the rasterizer would draw a face of its form: 1 inside, exp(-d^2 * sigmaInv) at
     * distance d outside. Against the bare mask, a fit would shrink until its soft border lies
     * inside.
     */
    public TargetMask softened(float sigmaInv) {
        float[] squared = squaredDistances();
        float[] soft = new float[alpha.length];
        for (int i = 0; i < soft.length; i++) {
            // From centre to centre, less the half pixel to the border.
            double d = Math.max(0, Math.sqrt(squared[i]) - 0.5) * 2 / size;
            soft[i] = (float) Math.exp(-d * d * sigmaInv);
        }
        return new TargetMask(size, soft);
    }

    /** To the nearest pixel inside, pixels squared (Felzenszwalb and Huttenlocher 2012). */
    private float[] squaredDistances() {
        float[] rows = new float[alpha.length];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                rows[y * size + x] = alpha[y * size + x] >= 0.5f ? 0 : 1e9f;
            }
        }
        float[] line = new float[size];
        float[] result = new float[size];
        for (int pass = 0; pass < 2; pass++) {
            int step = pass == 0 ? 1 : size;
            int next = pass == 0 ? size : 1;
            for (int l = 0; l < size; l++) {
                for (int i = 0; i < size; i++) {
                    line[i] = rows[l * next + i * step];
                }
                lowerEnvelope(line, result);
                for (int i = 0; i < size; i++) {
                    rows[l * next + i * step] = result[i];
                }
            }
        }
        return rows;
    }

    /** Least of all parabolas that stand on a line's values. */
    private static void lowerEnvelope(float[] line, float[] result) {
        int n = line.length;
        int[] centre = new int[n];
        double[] from = new double[n + 1];
        int last = 0;
        from[0] = Double.NEGATIVE_INFINITY;
        from[1] = Double.POSITIVE_INFINITY;
        for (int q = 1; q < n; q++) {
            double cut = cut(line, q, centre[last]);
            while (cut <= from[last]) {
                last--;
                cut = cut(line, q, centre[last]);
            }
            last++;
            centre[last] = q;
            from[last] = cut;
            from[last + 1] = Double.POSITIVE_INFINITY;
        }
        int at = 0;
        for (int i = 0; i < n; i++) {
            while (from[at + 1] < i) {
                at++;
            }
            result[i] = (i - centre[at]) * (float) (i - centre[at]) + line[centre[at]];
        }
    }

    private static double cut(float[] line, int q, int p) {
        return (line[q] + (double) q * q - line[p] - (double) p * p) / (2.0 * (q - p));
    }

    /** Bounding box of the object in clip coordinates: left, right, bottom, top. */
    public float[] box() {
        int left = size;
        int right = 0;
        int top = size;
        int bottom = 0;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (alpha[y * size + x] >= 0.5f) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        if (right <= left) {
            throw new IllegalArgumentException("the crop's matte is empty");
        }
        return new float[] {
            2f * left / size - 1, 2f * right / size - 1, 1 - 2f * bottom / size, 1 - 2f * top / size
        };
    }

    /** Intersection over union with a soft mask. */
    public double iou(float[] mask) {
        double common = 0;
        double either = 0;
        for (int i = 0; i < alpha.length; i++) {
            common += mask[i] * (double) alpha[i];
            either += mask[i] + (double) alpha[i] - mask[i] * (double) alpha[i];
        }
        return either > 0 ? common / either : 0;
    }

    /**
     * Gradient of 1 - IoU (DIB-R, equation 5 of arXiv 1908.01210) with regard to the soft mask.
     *
     * @param dest {@code float[size*size]}, overwritten
     * @return 1 - IoU
     */
    public double loss(float[] mask, float[] dest) {
        double common = 0;
        double either = 0;
        for (int i = 0; i < alpha.length; i++) {
            common += mask[i] * (double) alpha[i];
            either += mask[i] + (double) alpha[i] - mask[i] * (double) alpha[i];
        }
        double square = either * either;
        for (int i = 0; i < alpha.length; i++) {
            dest[i] = (float) (-(alpha[i] * either - common * (1 - alpha[i])) / square);
        }
        return 1 - common / either;
    }
}
