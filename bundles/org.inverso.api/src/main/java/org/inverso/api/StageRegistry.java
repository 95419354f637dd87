/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;

/** What is installed, and what would be used for the next request. */
public interface StageRegistry {

    /** All known stages, grouped by kind, the chosen one of each kind first. */
    List<StageInfo> stages();

    /**
     * @param kind simple name of the stage interface
     * @param leases requests that hold it now
     * @param chosen whether the next request gets it
     */
    record StageInfo(
            String kind,
            String id,
            String bundle,
            String version,
            String device,
            String health,
            int ranking,
            int leases,
            boolean chosen) {}
}
