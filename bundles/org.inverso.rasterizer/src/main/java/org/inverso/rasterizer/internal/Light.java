/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterSettings.Shading;

/**
 * Light on the points of a {@link Surface}: colour = albedo * diffuse + specular, all of three
 * channels. One worker's; {@link #forward} leaves in fields what {@link #backward} needs.
 */
abstract class Light {
    /** Numbers a view in {@code lights}, at most. */
    static final int MOST_NUMBERS = 27;

    /** By channel and point. */
    final float[][] diffuse = new float[3][Surface.MOST];

    /** By channel and point; null where there are no highlights. */
    float[][] specular;

    /** Gradient with regard to the unit normal, of the last backward call; by axis and point. */
    final float[][] normalGradient = new float[3][Surface.MOST];

    /**
     * Gradient with regard to the eye, by axis and point; that of the point's place is its
     * negative. Null where the eye does not matter.
     */
    float[][] eyeGradient;

    /** The light of a shading; null with {@code NONE}. */
    static Light of(Shading shading) {
        return switch (shading) {
            case NONE -> null;
            case LAMBERT -> new DirectionalLight(false);
            case PHONG -> new DirectionalLight(true);
            case SPHERICAL_HARMONICS -> new HarmonicLight();
        };
    }

    /** Numbers a view in {@code lights}. */
    static int numbers(Shading shading) {
        return switch (shading) {
            case NONE -> 0;
            case LAMBERT -> 9;
            case PHONG -> 13;
            case SPHERICAL_HARMONICS -> 27;
        };
    }

    /**
     * @param at where the view's numbers begin in lights
     * @param surface with unit normals, and with the way to the eye if highlights need it
     */
    abstract void forward(float[] lights, int at, Surface surface);

    /**
     * Gradients after {@link #forward} of the same points.
     *
     * @param gd gradient with regard to diffuse, by channel and point
     * @param gs gradient with regard to specular, by channel and point
     * @param dest added to: gradient with regard to the view's numbers
     */
    abstract void backward(
            float[] lights, int at, Surface surface, float[][] gd, float[][] gs, double[] dest);
}
