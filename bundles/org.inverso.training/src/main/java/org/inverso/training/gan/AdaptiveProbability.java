/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

/**
 * Probability of augmentations that adapts to how much the discriminator overfits (Karras et al.
 * 2020, arXiv 2006.06676, section 3.2): the sign heuristic {@code r = E sign D(real)} is near 1
 * when it knows the training pictures by heart.
 */
public final class AdaptiveProbability {

    private static final double TARGET = 0.6;
    private static final int INTERVAL = 4;

    /** Above it the generator begins to draw the augmentations. */
    private static final double LARGEST = 0.8;

    private final double change;
    private double probability;
    private double signs;
    private int steps;

    /**
     * @param pictures until the probability has gone from 0 to 1
     * @param batch pictures a step
     */
    public AdaptiveProbability(int pictures, int batch) {
        this.change = INTERVAL * (double) batch / pictures;
    }

    public double probability() {
        return probability;
    }

    /**
     * @param scores of real pictures; where one is no number, the step is left out as a whole
     */
    public void update(float[] scores) {
        double sum = 0;
        for (float score : scores) {
            sum += Math.signum(score);
        }
        if (Double.isNaN(sum)) {
            return;
        }
        signs += sum / scores.length;
        if (++steps == INTERVAL) {
            double direction = Math.signum(signs / INTERVAL - TARGET);
            probability = Math.max(0, Math.min(LARGEST, probability + direction * change));
            signs = 0;
            steps = 0;
        }
    }

    /** All that it remembers, {@code double[3]}. */
    public double[] state() {
        return new double[] {probability, signs, steps};
    }

    public void restore(double[] state) {
        probability = state[0];
        signs = state[1];
        steps = (int) state[2];
    }
}
