/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.List;

/** Tells from where pictures show their objects, and which shape these have. */
@FunctionalInterface
interface CameraProbe {

    /**
     * What was seen.
     *
     * @param found whether there was an object at all; if not, the rest says nothing
     * @param azimuthDeg most probable one
     * @param elevationDeg of the camera
     * @param sure probability of the azimuth's bin, 15 degrees wide
     * @param shape weights of the category's shape targets
     */
    record Seen(
            boolean found, double azimuthDeg, double elevationDeg, double sure, float[] shape) {}

    /**
     * @param pictures {@code float[N, 3, side, side]}, -1 to 1
     */
    List<Seen> look(float[] pictures, int side);
}
