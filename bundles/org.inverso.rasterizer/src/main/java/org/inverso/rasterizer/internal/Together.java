/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/** Two tasks that do not need one another, as one pass. */
final class Together implements WorkerPool.Task {
    private final WorkerPool.Task first;
    private final int firstCount;
    private final WorkerPool.Task second;
    private final int secondCount;

    Together(WorkerPool.Task first, int firstCount, WorkerPool.Task second, int secondCount) {
        this.first = first;
        this.firstCount = firstCount;
        this.second = second;
        this.secondCount = secondCount;
    }

    int count() {
        return firstCount + secondCount;
    }

    @Override
    public void run(int index, int worker) {
        if (index < firstCount) {
            first.run(index, worker);
        } else {
            second.run(index - firstCount, worker);
        }
    }
}
