/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.Test;

class StyleUnitsTest {

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);

    @Test
    void everyLayerIsMeasuredFromTheMeanOfW() {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, 1);
            new StyleUnits(parameters, 2).set(new float[] {1, -1}, 0.5f);
            StyleUnits units = StyleUnits.read(Parameters.read(manager, parameters.write(true)));
            // Two samples of two layers.
            NDArray wPlus =
                    manager.create(new float[] {1, -1, 2, 0, 1.5f, -1, 1, -2}, new Shape(2, 4));
            NDArray standard = units.standard(wPlus);
            assertThat(standard.getShape()).isEqualTo(wPlus.getShape());
            assertThat(standard.toFloatArray())
                    .containsExactly(new float[] {0, 0, 2, 2, 1, 0, 0, -2}, within(1e-6f));
            assertThat(units.wPlus(standard).toFloatArray())
                    .containsExactly(wPlus.toFloatArray(), within(1e-6f));
        }
    }
}
