/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class FalloffTest {

    @Test
    void isOneMinusTheExponential() {
        double[] x = new double[20000];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.003 * i;
        }
        double[] miss = x.clone();
        Falloff.miss(miss, x.length);
        for (int i = 0; i < x.length; i++) {
            assertThat(miss[i]).as("%s", x[i]).isCloseTo(-Math.expm1(-x[i]), offset(1e-13));
            assertThat(miss[i]).isBetween(0.0, 1.0);
        }
        assertThat(miss[0]).isZero();
    }

    @Test
    void takesWhatDistancesCanBe() {
        double[] miss = {Double.MIN_VALUE, 1e-300, 1e300, Double.POSITIVE_INFINITY, 7};
        Falloff.miss(miss, 4);
        assertThat(miss).containsExactly(0, 0, 1, 1, 7);
    }
}
