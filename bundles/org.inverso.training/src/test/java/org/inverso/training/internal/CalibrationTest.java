/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final int PICTURES = 20_000;

    @Test
    void findsTheTemperatureThatLogitsWereDrawnAt() {
        for (double temperature : new double[] {0.5, 1, 2.5}) {
            assertThat(Calibration.temperature(drawn(temperature)))
                    .isCloseTo(temperature, within(0.05 * temperature));
        }
    }

    /** Two classes whose logits are right at the temperature. */
    private static List<float[]> drawn(double temperature) {
        SplittableRandom random = new SplittableRandom(3);
        List<List<Float>> byClass = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < PICTURES; i++) {
            float logit = (float) random.nextDouble(-4, 4);
            double first = 1 / (1 + Math.exp(-logit / temperature));
            List<Float> own = byClass.get(random.nextDouble() < first ? 0 : 1);
            own.add(logit);
            own.add(0f);
        }
        List<float[]> logits = new ArrayList<>();
        for (List<Float> own : byClass) {
            float[] flat = new float[own.size()];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = own.get(i);
            }
            logits.add(flat);
        }
        return logits;
    }
}
