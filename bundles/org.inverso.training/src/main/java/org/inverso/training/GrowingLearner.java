/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.inverso.generator.stylegan.GeneratorShape;

/**
 * Learns small pictures first, as they cost a third and show what matters most, then those of full
 * size (Karras et al. 2018, arXiv 1710.10196, section 2). Gets its pictures from another thread.
 */
final class GrowingLearner implements Learner, AutoCloseable {

    /** Part of the time for small pictures. */
    static final double SMALL = 0.4;

    private final NDManager manager;
    private final GeneratorShape full;
    private final Source source;
    private NDManager own;
    private GanLearner learner;
    private Prefetch<float[]> batches;

    /** Makes what learns pictures of one size. */
    @FunctionalInterface
    interface Source {

        /**
         * @param own manager of all that it keeps
         */
        GanLearner learner(NDManager own, GeneratorShape shape);
    }

    /**
     * @param full sizes in the end
     * @param first resolution to begin with
     */
    GrowingLearner(NDManager manager, GeneratorShape full, int first, Source source) {
        this.manager = manager;
        this.full = full;
        this.source = source;
        begin(full.upTo(first));
    }

    /**
     * Goes on where another one was.
     *
     * @throws IllegalArgumentException when its networks had other sizes
     */
    void resume(byte[] checkpoint) {
        int resolution = GanLearner.resolution(manager, checkpoint);
        if (resolution != resolution()) {
            begin(full.upTo(resolution));
        }
        learner.resume(checkpoint);
    }

    /** Side of the pictures that it learns now, pixels. */
    int resolution() {
        return learner.shape().resolution();
    }

    private void begin(GeneratorShape shape) {
        close();
        own = manager.newSubManager();
        learner = source.learner(own, shape);
    }

    @Override
    public double step(Moment moment, Map<String, Double> metrics) {
        if (moment.done() >= SMALL && resolution() < full.resolution()) {
            byte[] checkpoint = learner.checkpoint();
            begin(full);
            learner.grow(checkpoint);
        }
        if (batches == null) {
            GanLearner now = learner;
            long first = now.steps();
            batches = new Prefetch<>(n -> now.batch(first + n));
        }
        return learner.step(batches.next(), moment.done(), metrics);
    }

    @Override
    public byte[] checkpoint() {
        return learner.checkpoint();
    }

    @Override
    public byte[] weights() {
        return learner.weights();
    }

    @Override
    public void saved(Path folder) throws IOException {
        learner.saved(folder);
    }

    @Override
    public void close() {
        if (batches != null) {
            batches.close();
            batches = null;
        }
        if (own != null) {
            own.close();
            own = null;
        }
    }
}
