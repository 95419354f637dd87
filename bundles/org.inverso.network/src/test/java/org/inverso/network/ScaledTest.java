/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScaledTest {

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;
    private NDManager scratch;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        scratch = manager.newSubManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theNumberLivesAsLongAsTheProduct() {
        NDArray parameter = manager.create(new float[] {1, -2});
        NDArray owner = scratch.ones(new Shape(1));
        NDArray product = Scaled.by(owner, parameter, 2.5);
        assertThat(product.toFloatArray()).containsExactly(2.5f, -5);
        List<NDArray> kept = scratch.getManagedArrays();
        assertThat(kept).hasSize(3).contains(owner, product);
        assertThat(kept).filteredOn(a -> a.getShape().dimension() == 0).hasSize(1);
    }
}
