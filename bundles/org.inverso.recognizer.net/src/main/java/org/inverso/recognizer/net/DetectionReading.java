/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import java.util.List;

/**
 * What a {@link DetectionNetwork} says of one object whose box is known: how probable each of
 * {@link RecognitionNetwork#CLASSES} is.
 */
final class DetectionReading {

    /** Side of the picture that the network looks at, pixels. */
    static final int SIZE = 320;

    private static final int GRID = SIZE / DetectionNetwork.STRIDE;

    /** Of MS COCO's kinds those that are a category; vans are buses or trucks there. */
    private static final List<int[]> KINDS =
            List.of(new int[] {2, 5, 7}, new int[] {17}, new int[] {14});

    /** Overlap (IoU) from which on a box counts fully as the object's. */
    private static final float SAME_BOX = 0.5f;

    /** Nothing is impossible. */
    private static final float LEAST = 0.005f;

    private static final float LEAST_NONE = 0.05f;

    private DetectionReading() {}

    /**
     * @param heat {@code float[CLASSES * GRID * GRID]}
     * @param box {@code float[4 * GRID * GRID]}
     * @param halfWidth of the object's box, which lies in the middle of the picture, pixels
     * @param halfHeight of the same
     * @return probabilities
     */
    static float[] of(float[] heat, float[] box, float halfWidth, float halfHeight) {
        int points = GRID * GRID;
        float[] result = new float[KINDS.size() + 1];
        float most = 0;
        for (int p = 0; p < points; p++) {
            float agreement = Math.min(1, overlap(box, p, halfWidth, halfHeight) / SAME_BOX);
            for (int c = 0; c < KINDS.size(); c++) {
                for (int kind : KINDS.get(c)) {
                    result[c] = Math.max(result[c], agreement * heat[kind * points + p]);
                }
                most = Math.max(most, result[c]);
            }
        }
        float none = Math.max(LEAST_NONE, 1 - most);
        float sum = none;
        for (int c = 0; c < KINDS.size(); c++) {
            result[c] += LEAST;
            sum += result[c];
        }
        result[KINDS.size()] = none;
        for (int c = 0; c < result.length; c++) {
            result[c] /= sum;
        }
        return result;
    }

    /** IoU of the object's box and of what the network says is one. */
    private static float overlap(float[] box, int point, float halfWidth, float halfHeight) {
        int points = GRID * GRID;
        float x = DetectionNetwork.STRIDE * (point % GRID) - SIZE / 2f;
        float y = DetectionNetwork.STRIDE * (point / GRID) - SIZE / 2f;
        float left = x - box[point];
        float top = y - box[points + point];
        float right = x + box[2 * points + point];
        float bottom = y + box[3 * points + point];
        float width = Math.min(right, halfWidth) - Math.max(left, -halfWidth);
        float height = Math.min(bottom, halfHeight) - Math.max(top, -halfHeight);
        float common = Math.max(0, width) * Math.max(0, height);
        float either = (right - left) * (bottom - top) + 4 * halfWidth * halfHeight - common;
        return common / Math.max(either, 1e-6f);
    }
}
