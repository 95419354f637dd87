/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AzimuthsTest {

    private static final double TOLERANCE = 1e-9;

    @Test
    void distancesGoTheShortWay() {
        assertThat(Azimuths.distance(170, -170)).isCloseTo(20, within(TOLERANCE));
        assertThat(Azimuths.distance(-350, 5)).isCloseTo(5, within(TOLERANCE));
        assertThat(Azimuths.distance(0, 180)).isCloseTo(180, within(TOLERANCE));
    }

    @Test
    void meansDoNotMindWhereTheCircleIsCut() {
        assertThat(Azimuths.distance(Azimuths.mean(List.of(170.0, -160.0)), -175))
                .isCloseTo(0, within(TOLERANCE));
        assertThat(Azimuths.mean(List.of(10.0, 20.0, 30.0))).isCloseTo(20, within(TOLERANCE));
    }

    @Test
    void smallDeviationsAreThoseOfTheLine() {
        SplittableRandom random = new SplittableRandom(1);
        List<Double> angles =
                DoubleStream.generate(() -> 175 + 8 * random.nextGaussian())
                        .limit(4000)
                        .boxed()
                        .toList();
        assertThat(Azimuths.deviation(angles)).isCloseTo(8, within(0.3));
        assertThat(Azimuths.deviation(List.of(5.0, 5.0))).isCloseTo(0, within(1e-5));
        assertThat(Azimuths.deviation(List.of(0.0, 180.0))).isGreaterThan(180);
    }

    @Test
    void binsAreCentredOnMultiplesOfThirtyDegrees() {
        assertThat(Azimuths.bin(14)).isZero();
        assertThat(Azimuths.bin(-14)).isZero();
        assertThat(Azimuths.bin(16)).isEqualTo(1);
        assertThat(Azimuths.bin(-16)).isEqualTo(11);
        assertThat(Azimuths.bin(180)).isEqualTo(6);
        assertThat(Azimuths.bin(-179)).isEqualTo(6);
    }
}
