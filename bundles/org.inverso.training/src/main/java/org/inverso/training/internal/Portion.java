/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import org.inverso.api.Progress;

/**
 * Progress of a part of the work, as progress of the whole.
 *
 * @param from fraction of the whole at which the part begins
 * @param to fraction of the whole at which it ends
 */
public record Portion(Progress whole, double from, double to) implements Progress {

    @Override
    public void report(double fraction, String what) {
        whole.report(from + (to - from) * fraction, what);
    }

    @Override
    public boolean cancelled() {
        return whole.cancelled();
    }
}
