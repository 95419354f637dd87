/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Stage;
import org.inverso.core.StageSet;

/** The stages that one request holds. Belongs to the thread that runs the request. */
final class Lease implements AutoCloseable {

    private final StagePool pool;
    private final List<StageEntry> held;
    private final List<StageEntry> entries;

    Lease(StagePool pool, List<StageEntry> entries) {
        this.pool = pool;
        this.entries = List.copyOf(entries);
        this.held = new ArrayList<>(entries);
    }

    /** All that was leased, the preferred ones of each kind first. */
    List<StageEntry> entries() {
        return entries;
    }

    /** The whole set; only for leases of {@link Demand#of(ReconstructionRequest)}. */
    StageSet stages() {
        return new StageSet(
                one(StageKind.IMAGING),
                all(StageKind.SEGMENTER).toList(),
                all(StageKind.RECOGNIZER).findFirst(),
                byGroup(StageKind.CATEGORY),
                one(StageKind.ENCODER),
                one(StageKind.DISENTANGLER),
                one(StageKind.RASTERIZER),
                one(StageKind.REFINER),
                one(StageKind.ASSET_BUILDER),
                byGroup(StageKind.EXPORTER),
                one(StageKind.PREVIEW_PAINTER),
                all(StageKind.INPAINTER).findFirst());
    }

    /** All stages of a kind that were leased, the preferred one first. */
    <T extends Stage> Stream<StageSet.Member<T>> all(StageKind<T> kind) {
        return entries.stream().filter(e -> e.kind() == kind).map(e -> member(kind, e));
    }

    /** The preferred stage of a kind that was leased. */
    <T extends Stage> StageSet.Member<T> one(StageKind<T> kind) {
        return all(kind).findFirst().orElseThrow();
    }

    private <T extends Stage> Map<String, StageSet.Member<T>> byGroup(StageKind<T> kind) {
        Map<String, StageSet.Member<T>> members = new LinkedHashMap<>();
        for (StageEntry entry : entries) {
            if (entry.kind() == kind) {
                members.put(entry.group(), member(kind, entry));
            }
        }
        return members;
    }

    private static <T extends Stage> StageSet.Member<T> member(
            StageKind<T> kind, StageEntry entry) {
        return new StageSet.Member<>(kind.type().cast(entry.stage()), entry.origin().version());
    }

    /** Lets go of the other categories, whose exchange need not wait for this request. */
    void keepCategory(String id) {
        List<StageEntry> others =
                held.stream()
                        .filter(e -> e.kind() == StageKind.CATEGORY && !e.group().equals(id))
                        .toList();
        held.removeAll(others);
        pool.release(others);
    }

    /** Lets go of everything; further calls do nothing. */
    @Override
    public void close() {
        List<StageEntry> rest = List.copyOf(held);
        held.clear();
        pool.release(rest);
    }
}
