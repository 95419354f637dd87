/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.image;

/**
 * Foreground alpha.
 *
 * @param alpha of the photo's size, 0 to 1
 * @param segmenterId who made it
 */
public record Matte(Plane alpha, String segmenterId) {

    /** From which alpha on a pixel counts as object. */
    public static final float THRESHOLD = 0.5f;
}
