/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.List;
import org.inverso.api.category.Coat;

/** Hands out coats one by one, so that each has gone out about as often as it weighs. */
final class CoatRack {

    private final List<Coat> coats;

    /** {@code double[C]}, how often each is due, less how often it went out. */
    private final double[] due;

    CoatRack(List<Coat> coats) {
        this.coats = coats;
        this.due = new double[coats.size()];
    }

    /**
     * The coat that is most overdue.
     *
     * @param suitable names to choose from; any when none of them is known
     */
    String next(List<String> suitable) {
        boolean any = coats.stream().noneMatch(c -> suitable.contains(c.name()));
        int chosen = -1;
        double sum = 0;
        for (int c = 0; c < due.length; c++) {
            if (any || suitable.contains(coats.get(c).name())) {
                sum += coats.get(c).weight();
            }
        }
        for (int c = 0; c < due.length; c++) {
            if (any || suitable.contains(coats.get(c).name())) {
                due[c] += sum > 0 ? coats.get(c).weight() / sum : 1;
                chosen = chosen < 0 || due[c] > due[chosen] ? c : chosen;
            }
        }
        due[chosen]--;
        return coats.get(chosen).name();
    }
}
