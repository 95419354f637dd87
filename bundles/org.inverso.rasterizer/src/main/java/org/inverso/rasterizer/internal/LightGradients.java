/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.raster.RasterGradients;

/**
 * Gradients of lights and of the eye: sums by chunk of faces or by tile, added up in fixed order.
 */
public final class LightGradients {
    private final Frame frame;
    private final int chunks;
    private final int numbers;

    /** {@code double[B*chunks*size]}, a view's numbers in {@code lights}, then the eye's three. */
    public final double[] partial;

    /** Numbers a chunk. */
    public final int size;

    /**
     * @param chunks of one view
     */
    public LightGradients(Frame frame, int chunks) {
        this.frame = frame;
        this.chunks = chunks;
        numbers = Light.numbers(frame.settings.shading());
        size = numbers + 3;
        partial = new double[frame.grid.views * chunks * size];
    }

    /**
     * @param chunk among all views' chunks
     */
    void put(int chunk, double[] lights, double[] eye) {
        System.arraycopy(lights, 0, partial, chunk * size, numbers);
        System.arraycopy(eye, 0, partial, chunk * size + numbers, 3);
    }

    /**
     * Writes the lights' gradients, and adds the eye's to the view's.
     *
     * @param eye null when there is nothing glossy
     */
    void reduce(Eye eye, RasterGradients to) {
        if (to.lights != null) {
            Arrays.fill(to.lights, 0);
        }
        for (int view = 0; view < frame.grid.views; view++) {
            for (int k = 0; k < numbers; k++) {
                to.lights[view * numbers + k] = (float) sum(view, k);
            }
            if (eye != null) {
                eye.backward(
                        frame.scene.view,
                        view,
                        sum(view, numbers),
                        sum(view, numbers + 1),
                        sum(view, numbers + 2),
                        to.view);
            }
        }
    }

    private double sum(int view, int k) {
        double sum = 0;
        for (int c = 0; c < chunks; c++) {
            sum += partial[(view * chunks + c) * size + k];
        }
        return sum;
    }
}
