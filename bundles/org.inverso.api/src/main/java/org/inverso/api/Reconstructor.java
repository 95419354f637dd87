/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/** Turns photos into assets. The one service that most embedders need. */
public interface Reconstructor {

    /** Queues the work and returns at once. */
    Job<Reconstruction> submit(ReconstructionRequest request);
}
