/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import java.util.List;

/** Makes a classifier's confidence the part of its answers that is right. */
public final class Calibration {

    private static final double LEAST = 0.2;
    private static final double MOST = 5;
    private static final int STEPS = 60;

    private Calibration() {}

    /**
     * The temperature with the highest likelihood; all classes weigh alike, however many pictures
     * they have. The likelihood has one maximum in it, which a golden section search finds.
     *
     * @param logits by true class, of its pictures one after the other, {@code float[n * classes]}
     * @return what to divide the logits by, from {@value #LEAST} to {@value #MOST}
     */
    public static double temperature(List<float[]> logits) {
        double golden = (Math.sqrt(5) - 1) / 2;
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        for (int step = 0; step < STEPS; step++) {
            double first = high - golden * (high - low);
            double second = low + golden * (high - low);
            if (loss(logits, Math.exp(first)) < loss(logits, Math.exp(second))) {
                high = second;
            } else {
                low = first;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** Mean over classes of the mean cross-entropy. */
    private static double loss(List<float[]> logits, double temperature) {
        int classes = logits.size();
        double sum = 0;
        for (int label = 0; label < classes; label++) {
            float[] own = logits.get(label);
            double part = 0;
            for (int i = 0; i < own.length; i += classes) {
                double most = Double.NEGATIVE_INFINITY;
                for (int c = 0; c < classes; c++) {
                    most = Math.max(most, own[i + c]);
                }
                double total = 0;
                for (int c = 0; c < classes; c++) {
                    total += Math.exp((own[i + c] - most) / temperature);
                }
                part += Math.log(total) - (own[i + label] - most) / temperature;
            }
            sum += own.length == 0 ? 0 : part * classes / own.length;
        }
        return sum;
    }
}
