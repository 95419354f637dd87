/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureCloudTest {

    private static final int COUNT = 3000;

    @Test
    void cloudsThatAreTheSameHaveNoDistance() {
        FeatureCloud cloud = cloud(1, 0, 1, 2);
        assertThat(cloud.frechetDistance(cloud)).isCloseTo(0, within(1e-6));
    }

    @Test
    void theDistanceOfShiftedCloudsIsTheSquareOfTheShift() {
        FeatureCloud cloud = cloud(1, 0, 1, 2);
        FeatureCloud shifted = cloud(1, 3, 1, 2);
        assertThat(cloud.frechetDistance(shifted)).isCloseTo(9 + 9, within(1e-3));
    }

    @Test
    void theDistanceOfStretchedCloudsIsThatOfTheirDeviations() {
        // For independent numbers: the sum of (s - s')^2.
        FeatureCloud a = cloud(1, 0, 1, 2);
        FeatureCloud b = cloud(1, 0, 3, 1);
        assertThat(a.frechetDistance(b)).isCloseTo(4 + 1, within(0.3));
    }

    @Test
    void theDistanceDoesNotDependOnTheAxes() {
        FeatureCloud a = turned(cloud(1, 0, 1, 2));
        FeatureCloud b = turned(cloud(2, 1, 3, 1));
        assertThat(a.frechetDistance(b))
                .isCloseTo(cloud(1, 0, 1, 2).frechetDistance(cloud(2, 1, 3, 1)), within(1e-3));
        assertThat(a.frechetDistance(b)).isCloseTo(b.frechetDistance(a), within(1e-6));
    }

    @Test
    void aNarrowCloudLiesInAWideOneButDoesNotCoverIt() {
        FeatureCloud wide = cloud(1, 0, 4, 4).part(0, 400);
        FeatureCloud narrow = cloud(2, 0, 0.5, 0.5).part(0, 400);
        assertThat(wide.covers(narrow)).isGreaterThan(0.9);
        assertThat(narrow.covers(wide)).isLessThan(0.2);
        assertThat(wide.covers(cloud(3, 60, 1, 1).part(0, 50))).isZero();
    }

    private static FeatureCloud cloud(long seed, double mean, double first, double second) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] features = new float[COUNT][];
        for (int n = 0; n < COUNT; n++) {
            features[n] =
                    new float[] {
                        (float) (mean + first * random.nextGaussian()),
                        (float) (mean + second * random.nextGaussian())
                    };
        }
        return new FeatureCloud(features);
    }

    private static FeatureCloud turned(FeatureCloud cloud) {
        float[][] features = new float[COUNT][];
        for (int n = 0; n < COUNT; n++) {
            float[] f = cloud.features()[n];
            features[n] = new float[] {0.6f * f[0] - 0.8f * f[1], 0.8f * f[0] + 0.6f * f[1]};
        }
        return new FeatureCloud(features);
    }
}
