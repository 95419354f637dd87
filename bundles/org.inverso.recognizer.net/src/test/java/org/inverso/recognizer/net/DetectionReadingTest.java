/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DetectionReadingTest {

    private static final int GRID = DetectionReading.SIZE / DetectionNetwork.STRIDE;
    private static final int POINTS = GRID * GRID;
    private static final int MIDDLE = GRID / 2 * GRID + GRID / 2;
    private static final int TRUCK = 7;
    private static final int BIRD = 14;
    private static final int DOG = 16;

    private final float[] heat = new float[DetectionNetwork.CLASSES * POINTS];
    private final float[] box = new float[4 * POINTS];

    @Test
    void whatHasTheObjectsBoxIsTheObject() {
        see(BIRD, MIDDLE, 0.7f, 100, 60);
        float[] read = DetectionReading.of(heat, box, 100, 60);
        assertThat(read).containsExactly(new float[] {0.005f, 0.005f, 0.69f, 0.3f}, within(0.01f));
    }

    @Test
    void vansAreCars() {
        see(TRUCK, MIDDLE, 0.7f, 100, 60);
        assertThat(DetectionReading.of(heat, box, 100, 60)[0]).isCloseTo(0.69f, within(0.01f));
    }

    @Test
    void somethingElseBesideTheObjectSaysNothing() {
        see(BIRD, MIDDLE + GRID / 4, 0.9f, 10, 10);
        float[] read = DetectionReading.of(heat, box, 100, 60);
        assertThat(read[2]).isLessThan(0.05f);
        assertThat(read[3]).isGreaterThan(0.95f);
    }

    @Test
    void halfOfTheOverlapCountsHalf() {
        see(BIRD, MIDDLE, 0.8f, 100, 15);
        float whole = DetectionReading.of(heat, box, 100, 30)[2];
        float half = DetectionReading.of(heat, box, 100, 60)[2];
        assertThat(half).isCloseTo(whole / 2, within(0.02f));
    }

    @Test
    void otherAnimalsAreNone() {
        see(DOG, MIDDLE, 0.9f, 100, 60);
        assertThat(DetectionReading.of(heat, box, 100, 60)[3]).isGreaterThan(0.97f);
    }

    private void see(int kind, int point, float much, float halfWidth, float halfHeight) {
        heat[kind * POINTS + point] = much;
        float[] sides = {halfWidth, halfHeight, halfWidth, halfHeight};
        for (int side = 0; side < sides.length; side++) {
            box[side * POINTS + point] = sides[side];
        }
    }
}
