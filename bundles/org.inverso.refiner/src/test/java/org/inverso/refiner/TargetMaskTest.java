/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TargetMaskTest {

    @Test
    void boxIsInClipCoordinates() {
        float[] alpha = new float[64];
        alpha[8 * 2 + 1] = 1;
        alpha[8 * 5 + 3] = 1;
        assertThat(new TargetMask(8, alpha).box()).containsExactly(-0.75f, 0, -0.5f, 0.5f);
    }

    @Test
    void anEmptyMatteHasNoBox() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TargetMask(2, new float[4]).box());
    }

    @Test
    void lossIsOneLessTheIou() {
        TargetMask target = new TargetMask(2, new float[] {1, 1, 0, 0});
        float[] mask = {1, 0, 1, 0};
        assertThat(target.loss(mask, new float[4])).isCloseTo(1 - 1.0 / 3, within(1e-9));
        assertThat(target.iou(mask)).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void gradientIsThatOfTheLoss() {
        SplittableRandom random = new SplittableRandom(5);
        float[] alpha = new float[16];
        float[] mask = new float[16];
        for (int i = 0; i < 16; i++) {
            alpha[i] = (float) random.nextDouble();
            mask[i] = (float) random.nextDouble();
        }
        TargetMask target = new TargetMask(4, alpha);
        float[] gradient = new float[16];
        target.loss(mask, gradient);
        for (int i = 0; i < 16; i++) {
            float step = 1e-2f;
            float[] moved = mask.clone();
            moved[i] += step;
            double plus = target.loss(moved, new float[16]);
            moved[i] -= 2 * step;
            double minus = target.loss(moved, new float[16]);
            assertThat((double) gradient[i]).isCloseTo((plus - minus) / (2 * step), within(1e-4));
        }
    }

    @Test
    void halvingAverages() {
        TargetMask half = new TargetMask(2, new float[] {1, 0, 0.5f, 0.5f}).halved();
        assertThat(half.alpha()).containsExactly(0.5f);
    }
}
