/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.inverso.training.CropDegrader.Degraded;
import org.inverso.training.synthesis.Cutout;

/**
 * The latest crops of the segmenter, each of which is shown several times: the segmenter takes
 * longer than a training step.
 */
final class SegmentedPool {

    private static final int CAPACITY = 2048;

    /** New crops that go into the pool at a time. */
    private static final int FRESH = 1;

    private final SegmentedCrops segmented;
    private final List<Seen> pool = new ArrayList<>();
    private int oldest;

    SegmentedPool(SegmentedCrops segmented) {
        this.segmented = segmented;
    }

    /** A rendering, and how the segmenter cut it out. */
    record Seen(Cutout cutout, Degraded crop) {}

    /**
     * Puts new crops into the pool and draws from it.
     *
     * @param cutouts where new ones are taken from
     * @return {@code count} crops, or none while the pool is that small
     */
    List<Seen> draw(int count, Supplier<Cutout> cutouts, SplittableRandom random) {
        List<Cutout> fresh = new ArrayList<>();
        for (int i = 0; i < FRESH; i++) {
            fresh.add(cutouts.get());
        }
        List<Optional<Degraded>> crops = segmented.of(fresh, random);
        for (int i = 0; i < FRESH; i++) {
            Cutout cutout = fresh.get(i);
            crops.get(i).ifPresent(crop -> add(new Seen(cutout, crop)));
        }
        List<Seen> drawn = new ArrayList<>();
        while (pool.size() >= count && drawn.size() < count) {
            drawn.add(pool.get(random.nextInt(pool.size())));
        }
        return drawn;
    }

    private void add(Seen seen) {
        if (pool.size() < CAPACITY) {
            pool.add(seen);
        } else {
            pool.set(oldest, seen);
            oldest = (oldest + 1) % CAPACITY;
        }
    }
}
