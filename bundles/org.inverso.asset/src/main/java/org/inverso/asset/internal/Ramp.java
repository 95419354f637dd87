/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

/** Soft steps. */
final class Ramp {

    private Ramp() {}

    /** Cubic from 0 at t = 0 to 1 at t = 1, constant outside. */
    static float smooth(float t) {
        float s = Math.max(0, Math.min(1, t));
        return s * s * (3 - 2 * s);
    }
}
