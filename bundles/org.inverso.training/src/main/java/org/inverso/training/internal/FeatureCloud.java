/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import java.util.Arrays;

/**
 * What a network sees in many pictures, to be compared with what it sees in others.
 *
 * @param features {@code float[N][D]}
 */
public record FeatureCloud(float[][] features) {

    private static final int NEIGHBOUR = 3;

    /** Features first to last - 1. */
    public FeatureCloud part(int first, int last) {
        return new FeatureCloud(Arrays.copyOfRange(features, first, last));
    }

    /**
     * Fréchet distance between the normal distributions with these means and covariances (Heusel et
     * al. 2017, arXiv 1706.08500, equation 6): {@code |m - m'|^2 + tr(C + C' - 2 (C C')^(1/2))}.
     */
    public double frechetDistance(FeatureCloud other) {
        int n = features[0].length;
        double[] mean = mean();
        double[] otherMean = other.mean();
        double[] covariance = covariance(mean);
        double[] otherCovariance = other.covariance(otherMean);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double difference = mean[i] - otherMean[i];
            sum += difference * difference + covariance[i * n + i] + otherCovariance[i * n + i];
        }
        // (C C')^(1/2) has the trace of (R C' R)^(1/2), R R = C, which is symmetric.
        double[] root = new SymmetricMatrix(covariance, n).root();
        double[] between =
                SymmetricMatrix.product(SymmetricMatrix.product(root, otherCovariance, n), root, n);
        return sum - 2 * new SymmetricMatrix(between, n).traceOfRoot();
    }

    /**
     * Share of the others that lie among these: within the distance of one of these to its third
     * neighbour (Kynkäänniemi et al. 2019, arXiv 1904.06991, equation 2). Of real features and
     * generated others it is the precision, the other way round the recall.
     */
    public double covers(FeatureCloud others) {
        double[] radii = new double[features.length];
        for (int i = 0; i < radii.length; i++) {
            double[] distances = new double[features.length];
            for (int j = 0; j < distances.length; j++) {
                distances[j] = distance(features[i], features[j]);
            }
            Arrays.sort(distances);
            // The nearest one is itself.
            radii[i] = distances[Math.min(NEIGHBOUR, distances.length - 1)];
        }
        int within = 0;
        for (float[] other : others.features) {
            for (int i = 0; i < radii.length; i++) {
                if (distance(features[i], other) <= radii[i]) {
                    within++;
                    break;
                }
            }
        }
        return within / (double) others.features.length;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - (double) b[i];
            sum += difference * difference;
        }
        return sum;
    }

    private double[] mean() {
        double[] mean = new double[features[0].length];
        for (float[] one : features) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += one[i] / (double) features.length;
            }
        }
        return mean;
    }

    private double[] covariance(double[] mean) {
        int n = mean.length;
        double[] covariance = new double[n * n];
        for (float[] one : features) {
            for (int i = 0; i < n; i++) {
                double factor = (one[i] - mean[i]) / (features.length - 1);
                for (int j = 0; j < n; j++) {
                    covariance[i * n + j] += factor * (one[j] - mean[j]);
                }
            }
        }
        return covariance;
    }
}
