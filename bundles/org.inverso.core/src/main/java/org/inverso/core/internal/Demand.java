/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inverso.api.Picture;
import org.inverso.api.ReconstructionRequest;

/**
 * What a request needs of one kind of stage.
 *
 * @param groups that must all be there; when empty, whatever is there is taken
 * @param required whether at least one stage must be there
 */
record Demand(StageKind<?> kind, Set<String> groups, boolean required) {

    /** The best stage of each group that is there, and at least one. */
    static Demand of(StageKind<?> kind) {
        return new Demand(kind, Set.of(), true);
    }

    /** The best stage of each group that is there, if any. */
    static Demand optional(StageKind<?> kind) {
        return new Demand(kind, Set.of(), false);
    }

    /** The best stage of each of these groups. */
    static Demand groups(StageKind<?> kind, Set<String> groups) {
        return new Demand(kind, groups, true);
    }

    /** Whether it would take the stage if the stage were there. */
    boolean concerns(StageEntry entry) {
        return kind == entry.kind() && (groups.isEmpty() || groups.contains(entry.group()));
    }

    /** All that a request needs, to be leased at once. */
    static List<Demand> of(ReconstructionRequest request) {
        boolean auto = request.category().equals(ReconstructionRequest.AUTO);
        List<Demand> demands =
                new ArrayList<>(
                        List.of(
                                of(StageKind.IMAGING),
                                of(StageKind.SEGMENTER),
                                auto ? of(StageKind.RECOGNIZER) : optional(StageKind.RECOGNIZER),
                                auto
                                        ? of(StageKind.CATEGORY)
                                        : groups(StageKind.CATEGORY, Set.of(request.category())),
                                of(StageKind.ENCODER),
                                of(StageKind.DISENTANGLER),
                                of(StageKind.RASTERIZER),
                                of(StageKind.REFINER),
                                of(StageKind.ASSET_BUILDER),
                                request.formats().isEmpty()
                                        ? optional(StageKind.EXPORTER)
                                        : groups(
                                                StageKind.EXPORTER,
                                                new LinkedHashSet<>(request.formats())),
                                of(StageKind.PREVIEW_PAINTER)));
        if (request.pictures().contains(Picture.BACKGROUND)) {
            demands.add(of(StageKind.INPAINTER));
        }
        return List.copyOf(demands);
    }
}
