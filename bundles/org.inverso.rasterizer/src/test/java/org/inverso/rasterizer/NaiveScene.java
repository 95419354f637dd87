/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import org.inverso.api.raster.RasterScene;

/** A {@link RasterScene} in double precision, so that its numbers can be varied a little. */
final class NaiveScene {
    final int[] faces;
    final double[] positions;
    final double[] view;
    final double[] projection;
    final double[] attributes;
    final int attributeCount;
    final double[] uvs;
    final double[] texture;
    final int textureWidth;
    final int textureHeight;
    final boolean mipmaps;
    final double[] normals;
    final double[] lights;
    final double[] background;

    NaiveScene(int[] faces, RasterScene scene) {
        this.faces = faces;
        positions = doubles(scene.positions);
        view = doubles(scene.view);
        projection = doubles(scene.projection);
        attributes = doubles(scene.attributes);
        attributeCount = scene.attributeCount;
        uvs = doubles(scene.uvs);
        texture = doubles(scene.texture);
        textureWidth = scene.textureWidth;
        textureHeight = scene.textureHeight;
        mipmaps = scene.mipmaps;
        normals = doubles(scene.normals);
        lights = doubles(scene.lights);
        background = doubles(scene.background);
    }

    private static double[] doubles(float[] values) {
        if (values == null) {
            return null;
        }
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
