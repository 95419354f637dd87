/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.image;

/**
 * One float channel.
 *
 * @param values {@code float[height * width]}, row-major, shared, not to be modified once handed on
 */
public record Plane(int width, int height, float[] values) {

    public Plane {
        if (width < 1 || height < 1 || values.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "not " + width + "x" + height + ": " + values.length + " values");
        }
    }

    public float get(int x, int y) {
        return values[y * width + x];
    }
}
