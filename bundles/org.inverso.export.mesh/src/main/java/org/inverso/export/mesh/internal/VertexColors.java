/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh.internal;

import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.inverso.geometry.AssetMesh;

/** What colour a surface has at its vertices. */
final class VertexColors {

    private final Asset asset;
    private final AssetMesh mesh;

    VertexColors(Asset asset, AssetMesh mesh) {
        this.asset = asset;
        this.mesh = mesh;
    }

    /**
     * The nearest texel times the material's factor.
     *
     * @return {@code byte[V*4]}, sRGB with alpha
     */
    byte[] rgba() {
        byte[] rgba = new byte[4 * mesh.vertexCount()];
        boolean[] known = new boolean[mesh.vertexCount()];
        for (int corner = 0; corner < mesh.faces().length; corner++) {
            int vertex = mesh.faces()[corner];
            if (known[vertex]) {
                continue;
            }
            known[vertex] = true;
            Asset.Material material = asset.materials().get(mesh.faceMaterial()[corner / 3]);
            for (int c = 0; c < 4; c++) {
                float factor = material.baseColor()[c];
                double value =
                        c < 3 && factor != 1
                                ? encode(factor * decode(texel(material, vertex, c)))
                                : factor * texel(material, vertex, c);
                rgba[4 * vertex + c] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
            }
        }
        return rgba;
    }

    /** 0 to 1; 1 without a texture. */
    private double texel(Asset.Material material, int vertex, int channel) {
        if (material.baseColorTexture() < 0) {
            return 1;
        }
        Image image = asset.textures().get(material.baseColorTexture()).image();
        int x = nearest(mesh.uvs()[2 * vertex], image.width());
        int y = nearest(mesh.uvs()[2 * vertex + 1], image.height());
        return (image.rgba()[4 * (y * image.width() + x) + channel] & 0xff) / 255.0;
    }

    private static int nearest(float at, int size) {
        return Math.max(0, Math.min(size - 1, (int) Math.floor(at * size)));
    }

    /** IEC 61966-2-1. */
    private static double decode(double srgb) {
        return srgb <= 0.04045 ? srgb / 12.92 : StrictMath.pow((srgb + 0.055) / 1.055, 2.4);
    }

    private static double encode(double linear) {
        return linear <= 0.0031308
                ? 12.92 * linear
                : 1.055 * StrictMath.pow(linear, 1 / 2.4) - 0.055;
    }
}
