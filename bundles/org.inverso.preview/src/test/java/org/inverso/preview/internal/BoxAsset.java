/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/** A textured box that stands on the floor, 2 wide, 1 high, 4 long, with a node for its place. */
final class BoxAsset {

    private BoxAsset() {}

    static Asset of(int red, int green, int blue) {
        byte[] rgba = new byte[4 * 64 * 64];
        for (int i = 0; i < rgba.length; i += 4) {
            rgba[i] = (byte) red;
            rgba[i + 1] = (byte) green;
            rgba[i + 2] = (byte) blue;
            rgba[i + 3] = (byte) 255;
        }
        return of(List.of(new Asset.Texture("atlas", new Image(64, 64, rgba), false)), 0);
    }

    static Asset untextured() {
        return of(List.of(), -1);
    }

    private static Asset of(List<Asset.Texture> textures, int texture) {
        Asset.Material material =
                new Asset.Material(
                        "paint",
                        new float[] {1, 1, 1, 1},
                        texture,
                        0,
                        1,
                        new float[3],
                        1,
                        0,
                        0,
                        false);
        return new Asset(
                "box",
                List.of(
                        new Asset.Node(
                                "body",
                                -1,
                                new Vector3f(0, 0.5f, 0),
                                new Quaternionf(),
                                0,
                                Map.of())),
                List.of(new Asset.Mesh("body", sides())),
                List.of(material),
                textures,
                List.of(),
                Map.of());
    }

    private static List<Asset.Primitive> sides() {
        Vector3f half = new Vector3f(1, 0.5f, 2);
        List<Asset.Primitive> sides = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                Vector3f normal = new Vector3f().setComponent(axis, sign);
                // The two other axes in the order that makes u x v the normal.
                Vector3f u = new Vector3f().setComponent((axis + 1) % 3, sign);
                Vector3f v = new Vector3f().setComponent((axis + 2) % 3, 1);
                float[] positions = new float[12];
                float[] normals = new float[12];
                float[] corners = {-1, -1, 1, -1, 1, 1, -1, 1};
                for (int c = 0; c < 4; c++) {
                    Vector3f p =
                            new Vector3f(normal)
                                    .fma(corners[2 * c], u)
                                    .fma(corners[2 * c + 1], v)
                                    .mul(half);
                    for (int k = 0; k < 3; k++) {
                        positions[3 * c + k] = p.get(k);
                        normals[3 * c + k] = normal.get(k);
                    }
                }
                float[] uvs = {0, 1, 1, 1, 1, 0, 0, 0};
                int[] faces = {0, 1, 2, 0, 2, 3};
                sides.add(new Asset.Primitive(positions, normals, uvs, faces, 0));
            }
        }
        return sides;
    }

    static Image plain(int width, int height, int red, int green, int blue) {
        byte[] rgba = new byte[4 * width * height];
        Arrays.fill(rgba, (byte) 255);
        for (int i = 0; i < rgba.length; i += 4) {
            rgba[i] = (byte) red;
            rgba[i + 1] = (byte) green;
            rgba[i + 2] = (byte) blue;
        }
        return new Image(width, height, rgba);
    }
}
