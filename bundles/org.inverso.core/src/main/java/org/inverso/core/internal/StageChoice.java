/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.Stage;

/**
 * Which stages of a kind are used: those whose ids the configuration names, in its order, else by
 * service ranking, then the oldest service. A stage that ranks below 0 is only used where the
 * configuration names it.
 *
 * @param idsByKey ids in order of preference by {@link StageKind#configKey}
 */
record StageChoice(Map<String, List<String>> idsByKey) {

    static final StageChoice BY_RANKING = new StageChoice(Map.of());

    StageChoice {
        idsByKey = Map.copyOf(idsByKey);
    }

    /** Reads {@code encoder=cnn} or {@code segmenter=alpha,net}; other properties are ignored. */
    static StageChoice of(Map<String, ?> properties) {
        Map<String, List<String>> ids = new HashMap<>();
        for (StageKind<?> kind : StageKind.ALL) {
            Object value = properties.get(kind.configKey());
            if (value != null) {
                List<String> wanted = split(value);
                if (!wanted.isEmpty()) {
                    ids.put(kind.configKey(), wanted);
                }
            }
        }
        return new StageChoice(ids);
    }

    private static List<String> split(Object value) {
        String text =
                value instanceof String[] array
                        ? String.join(",", array)
                        : value instanceof Collection<?> many
                                ? String.join(",", many.stream().map(String::valueOf).toList())
                                : String.valueOf(value);
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    /** Ids that the configuration names; empty when ranking decides. */
    List<String> configured(StageKind<?> kind) {
        return idsByKey.getOrDefault(kind.configKey(), List.of());
    }

    /**
     * Whether a stage may be used at all. One that ranks below 0 steps in for no other on its own:
     * while its bundle is exchanged, an encoder must not be followed by another encoder's
     * disentangler. To be called with the pool's lock held.
     */
    boolean allows(StageEntry entry) {
        List<String> ids = configured(entry.kind());
        return ids.isEmpty() ? entry.ranking >= 0 : ids.contains(entry.id());
    }

    /**
     * The best entry of each group, the preferred ones first. To be called with the pool's lock
     * held; calls no {@link Stage}.
     */
    List<StageEntry> winners(StageKind<?> kind, List<StageEntry> candidates) {
        List<String> ids = configured(kind);
        List<StageEntry> ordered = new ArrayList<>(candidates);
        ordered.removeIf(entry -> !allows(entry));
        ordered.sort(
                Comparator.comparingInt((StageEntry entry) -> ids.indexOf(entry.id()))
                        .thenComparing(
                                Comparator.comparingInt((StageEntry entry) -> entry.ranking)
                                        .reversed())
                        .thenComparingLong(entry -> entry.origin().serviceId()));
        Map<String, StageEntry> best = new LinkedHashMap<>();
        for (StageEntry entry : ordered) {
            best.putIfAbsent(entry.group(), entry);
        }
        return List.copyOf(best.values());
    }
}
