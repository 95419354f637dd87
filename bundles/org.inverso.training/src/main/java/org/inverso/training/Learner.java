/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a {@link TrainingRun} trains: one network, or several that learn from each other. */
interface Learner {

    /**
     * Where a run is.
     *
     * @param steps that were done, with those of the run that this one takes up
     * @param own steps of this run
     * @param done part of the time that is over, 0 to 1
     */
    record Moment(long steps, long own, double done) {}

    /**
     * One step.
     *
     * @param metrics values by name, averaged over the steps between two reports
     * @return the loss; NaN when the step was left out, since its gradient was not finite
     */
    double step(Moment moment, Map<String, Double> metrics);

    /** All from which the next run goes on, in safetensors. */
    byte[] checkpoint();

    /** What has been learned, in safetensors. */
    byte[] weights();

    /** Called after both were saved; may put pictures beside them. */
    default void saved(Path folder) throws IOException {}
}
