/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import org.inverso.api.Progress;

/** A leg of the way of one photo, with its share of the usual time. */
enum Phase {
    DECODE("reading the photo", 0.05),
    SEGMENT("finding the object", 0.25),
    RECOGNIZE("recognizing it", 0.05),
    ENCODE("looking at it closely", 0.05),
    DISENTANGLE("estimating camera, shape and light", 0.02),
    REFINE("fitting it to the photo", 0.33),
    BUILD("baking texture and parts", 0.12),
    MEASURE("measuring the fit", 0.01),
    EXPORT("writing files", 0.06),
    BACKGROUND("painting the background", 0),
    PREVIEW("painting the preview", 0.06);

    private final String words;
    private final double share;

    Phase(String words, double share) {
        this.words = words;
        this.share = share;
    }

    /** A view of the whole request's progress for the stage of this phase, which it announces. */
    Progress of(Progress whole) {
        double start = 0;
        for (Phase earlier : values()) {
            if (earlier == this) {
                break;
            }
            start += earlier.share;
        }
        double from = start;
        whole.report(from, words);
        return new Progress() {
            @Override
            public void report(double fraction, String what) {
                whole.report(from + share * Math.min(1, Math.max(0, fraction)), what);
            }

            @Override
            public boolean cancelled() {
                return whole.cancelled();
            }
        };
    }
}
