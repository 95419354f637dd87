/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

/**
 * One measurement, medians in milliseconds.
 *
 * @param implementation as in {@link Contender#implementation()}
 * @param device what did the work
 * @param width of the images, pixels
 * @param height of the images, pixels
 * @param faces of the mesh
 * @param batch views in one pass
 * @param threads that worked; 0 where the device decides
 * @param forwardMs a forward pass
 * @param backwardMs a backward pass
 * @param totalMs the two in turn, measured as such
 */
record Row(
        String implementation,
        String device,
        int width,
        int height,
        int faces,
        int batch,
        int threads,
        double forwardMs,
        double backwardMs,
        double totalMs) {}
