/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.inverso.api.Progress;

/** Counts equal pieces of work of several threads, and tells how long the rest will take. */
public final class Pace {

    private static final int EVERY = 5;

    private final int count;
    private final Progress progress;
    private final long start = System.nanoTime();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();

    /**
     * @param count of all pieces
     */
    public Pace(int count, Progress progress) {
        this.count = count;
        this.progress = progress;
    }

    /** Pieces that were there already. */
    public void skip(int pieces) {
        skipped.addAndGet(pieces);
    }

    /** One more piece is done. */
    public void done() {
        int now = done.incrementAndGet();
        if (now % EVERY == 0) {
            int there = now + skipped.get();
            double seconds = (System.nanoTime() - start) / 1e9;
            long left = Math.round(seconds / now * (count - there));
            progress.report(
                    there / (double) count,
                    String.format(
                            Locale.ROOT,
                            "rendering, %d of %d, %d:%02d left",
                            there,
                            count,
                            left / 60,
                            left % 60));
        }
    }

    public boolean cancelled() {
        return progress.cancelled();
    }
}
