/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.List;
import java.util.Set;
import org.inverso.api.CategorySheets;
import org.inverso.api.Progress;
import org.inverso.api.image.Image;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Draws sheets with leased stages, so that a replacement waits until the sheet is done. */
@Component(service = CategorySheets.class)
public final class LeasedCategorySheets implements CategorySheets {

    private final LeasingStageRegistry registry;

    /** Called by the framework. */
    @Activate
    public LeasedCategorySheets(@Reference LeasingStageRegistry registry) {
        this.registry = registry;
    }

    @Override
    public byte[] draw(String category, long seed, Progress progress) {
        List<Demand> demands =
                List.of(
                        Demand.groups(StageKind.CATEGORY, Set.of(category)),
                        Demand.of(StageKind.RASTERIZER),
                        Demand.of(StageKind.SHEET_PAINTER),
                        Demand.of(StageKind.IMAGING));
        try (Lease lease =
                registry.pool().lease(demands, registry.waitBound(), progress::cancelled)) {
            Image sheet =
                    lease.one(StageKind.SHEET_PAINTER)
                            .stage()
                            .paint(
                                    lease.one(StageKind.CATEGORY).stage(),
                                    lease.one(StageKind.RASTERIZER).stage(),
                                    seed,
                                    progress);
            return lease.one(StageKind.IMAGING).stage().encodePng(sheet);
        }
    }
}
