/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import org.inverso.api.Stage;

/** One stage that the registry knows. What changes is guarded by the pool's lock. */
final class StageEntry {

    /**
     * Where a stage comes from.
     *
     * @param serviceId breaks ties of ranking: the older service wins
     */
    record Origin(String bundle, String version, long serviceId) {}

    private final StageKind<?> kind;
    private final Stage stage;
    private final String id;
    private final String group;
    private final Origin origin;

    int ranking;
    int leases;

    /** Asks the stage for its names here, once and outside of any lock. */
    StageEntry(StageKind<?> kind, Stage stage, Origin origin, int ranking) {
        this.kind = kind;
        this.stage = stage;
        this.id = stage.id();
        this.group = kind.groupOf(stage);
        this.origin = origin;
        this.ranking = ranking;
    }

    StageKind<?> kind() {
        return kind;
    }

    Stage stage() {
        return stage;
    }

    String id() {
        return id;
    }

    String group() {
        return group;
    }

    Origin origin() {
        return origin;
    }

    @Override
    public String toString() {
        return kind.name() + " '" + id + "' of " + origin.bundle() + " " + origin.version();
    }
}
