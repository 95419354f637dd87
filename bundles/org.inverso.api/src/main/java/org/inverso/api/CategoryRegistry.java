/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;

/** All category bundles, the refused ones too. */
public interface CategoryRegistry {

    List<CategoryStatus> categories();

    /**
     * @param state {@code active}, {@code superseded} or {@code refused}
     * @param source where the bundle came from
     * @param memoryBytes that the model keeps in memory
     * @param problem why it was refused, in one line; empty when it was not
     */
    record CategoryStatus(
            String id,
            String label,
            String version,
            String state,
            String source,
            long memoryBytes,
            String problem) {}
}
