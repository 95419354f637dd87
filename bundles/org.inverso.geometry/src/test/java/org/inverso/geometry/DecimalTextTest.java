/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-1.5, -1.5",
        "0.000001, 0.000001",
        "0.0000004, 0",
        "-0.0000004, 0",
        "100.05, 100.05",
        "2.9999999, 3",
        "0.1000009, 0.100001"
    })
    void writesAsFewDigitsAsNeeded(double value, String text) {
        assertThat(new DecimalText(6).append(value, new StringBuilder())).hasToString(text);
    }

    @Test
    void isTheNearestNumberWithSoManyDecimals() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(6) - 3);
            String text = new DecimalText(4).append(value, new StringBuilder()).toString();
            assertThat(new BigDecimal(text))
                    .isEqualByComparingTo(new BigDecimal(value).setScale(4, RoundingMode.HALF_UP));
        }
    }

    @Test
    void whatIsNoNumberIsRefused() {
        DecimalText text = new DecimalText(6);
        assertThatThrownBy(() -> text.append(Double.NaN, new StringBuilder()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.append(1e300, new StringBuilder()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DecimalText(10)).isInstanceOf(IllegalArgumentException.class);
    }
}
