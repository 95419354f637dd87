/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.Map;
import java.util.Optional;

/**
 * What the object is.
 *
 * @param confidences calibrated probability by category id, with {@link #NONE} for anything else;
 *     adds up to 1
 */
public record Recognition(Map<String, Double> confidences) {

    /** Key for "none of the known categories". */
    public static final String NONE = "none";

    public Recognition {
        confidences = Map.copyOf(confidences);
    }

    /** The most probable key, which may be {@link #NONE}; ties go to the alphabetically first. */
    public String best() {
        return best(true).orElse(NONE);
    }

    /** The most probable category, whatever the probability of {@link #NONE}. */
    public Optional<String> bestCategory() {
        return best(false);
    }

    private Optional<String> best(boolean orNone) {
        return confidences.entrySet().stream()
                .filter(entry -> orNone || !entry.getKey().equals(NONE))
                .max(
                        Map.Entry.<String, Double>comparingByValue()
                                .thenComparing(
                                        Map.Entry.<String, Double>comparingByKey().reversed()))
                .map(Map.Entry::getKey);
    }

    /** Probability of one category, 0 when unknown. */
    public double confidence(String category) {
        return confidences.getOrDefault(category, 0.0);
    }
}
