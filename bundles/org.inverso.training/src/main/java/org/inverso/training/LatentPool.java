/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Examples to learn from, again and again: making one takes longer than learning from it. New ones
 * come with each draw; when the pool is full, they take the place of the oldest.
 */
final class LatentPool {

    /** 80 kB each, most of it texture. */
    private static final int CAPACITY = 6000;

    private final List<LatentExample> examples = new ArrayList<>();
    private final Function<SplittableRandom, List<LatentExample>> source;
    private int oldest;

    /**
     * @param source of some new examples
     */
    LatentPool(Function<SplittableRandom, List<LatentExample>> source) {
        this.source = source;
    }

    /** Adds new examples, as many as are wanted before the first draw, and draws from all. */
    List<LatentExample> draw(int count, SplittableRandom random) {
        do {
            source.apply(random).forEach(this::add);
        } while (examples.size() < 2 * count);
        List<LatentExample> drawn = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            drawn.add(examples.get(random.nextInt(examples.size())));
        }
        return drawn;
    }

    private void add(LatentExample example) {
        if (examples.size() < CAPACITY) {
            examples.add(example);
        } else {
            examples.set(oldest, example);
            oldest = (oldest + 1) % CAPACITY;
        }
    }
}
