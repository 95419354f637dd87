/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryLoader;
import org.inverso.geometry.SkinnedArm;
import org.junit.jupiter.api.Test;

/** The arm has the poses straight and bent by 0.9 radians. */
class HabitTest {

    private static final int BEND = 1;

    private final CategoryModel arm = arm();

    private static CategoryModel arm() {
        Map<String, byte[]> files = SkinnedArm.create().files();
        return new CategoryLoader().load(path -> new ByteArrayInputStream(files.get(path)));
    }

    @Test
    void isTheNamedPoseThatIsNearest() {
        assertThat(Habit.nextTo(new float[] {0.1f, 0.7f, 0, 0}, arm)[BEND]).isEqualTo(0.9f);
        assertThat(Habit.nextTo(new float[] {0.1f, 0.2f, 0, 0}, arm)[BEND]).isZero();
    }

    @Test
    void leavesTheCategorysPosesAlone() {
        Habit.nextTo(new float[] {0, 0.8f, 0, 0}, arm)[BEND] = 7;

        assertThat(Habit.nextTo(new float[] {0, 0.8f, 0, 0}, arm)[BEND]).isEqualTo(0.9f);
    }
}
