/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;

/** Refuses arrays that do not fit the session, by name. */
public final class SceneCheck {

    private SceneCheck() {}

    public static void check(RasterScene scene, RasterSettings settings, int vertices) {
        int views = settings.batch();
        required("positions", scene.positions, views * vertices * 3);
        required("view", scene.view, views * 16);
        required("projection", scene.projection, views * 16);
        if (scene.attributeCount < 0 || (scene.attributeCount > 0) != (scene.attributes != null)) {
            throw new IllegalArgumentException(
                    "attributeCount is " + scene.attributeCount + ", attributes do not agree");
        }
        optional("attributes", scene.attributes, views * vertices * scene.attributeCount);
        if (scene.texture != null) {
            if (scene.textureWidth < 1 || scene.textureHeight < 1) {
                throw new IllegalArgumentException("texture has no width or height");
            }
            required("uvs", scene.uvs, vertices * 2);
            required(
                    "texture", scene.texture, views * scene.textureHeight * scene.textureWidth * 3);
        }
        optional("normals", scene.normals, views * vertices * 3);
        optional("background", scene.background, 3);
        int numbers = Light.numbers(settings.shading());
        if (numbers > 0) {
            required("lights", scene.lights, views * numbers);
        }
    }

    public static void check(RasterUpstream upstream, RasterScene scene, RasterSettings settings) {
        int pixels = settings.batch() * settings.width() * settings.height();
        optional("gradient of color", upstream.color, pixels * 3);
        optional("gradient of attributes", upstream.attributes, pixels * scene.attributeCount);
        optional("gradient of depth", upstream.depth, pixels);
        optional("gradient of softMask", upstream.softMask, pixels);
        optional("gradient of barycentric", upstream.barycentric, pixels * 3);
    }

    private static void required(String name, float[] array, int length) {
        if (array == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        optional(name, array, length);
    }

    private static void optional(String name, float[] array, int length) {
        if (array != null && array.length != length) {
            throw new IllegalArgumentException(
                    name + " has " + array.length + " numbers, not " + length);
        }
    }
}
