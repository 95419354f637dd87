/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh;

import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/** A painted cube of two metres and, in front of it and turned about Y, a glass one. */
final class TwoBoxes {

    /** Red on the left, green on the right. */
    private static final int TEXTURE_SIZE = 4;

    private TwoBoxes() {}

    static Asset asset() {
        Vector3f ahead = new Vector3f(0, 0, 10);
        Quaternionf quarter = new Quaternionf().rotationY((float) (Math.PI / 2));
        return new Asset(
                "boxes",
                List.of(
                        new Asset.Node(
                                "root", -1, new Vector3f(0, 1, 0), new Quaternionf(), -1, Map.of()),
                        new Asset.Node(
                                "front door", 0, new Vector3f(), new Quaternionf(), 0, Map.of()),
                        new Asset.Node("front door", 0, ahead, quarter, 1, Map.of())),
                List.of(
                        new Asset.Mesh("a", List.of(box(1, 1, 1, 0))),
                        new Asset.Mesh("b", List.of(box(0.5f, 0.5f, 2, 1)))),
                List.of(material("car paint", 1, 0), material("glass", 0.25f, -1)),
                List.of(new Asset.Texture("base color", texture(), true)),
                List.of(),
                Map.of("tool", "test\nf 1 1 1"));
    }

    private static Asset.Material material(String name, float alpha, int texture) {
        return new Asset.Material(
                name,
                new float[] {1, 0.5f, 1, alpha},
                texture,
                0.25f,
                0.5f,
                new float[] {0, 0, 0.5f},
                2,
                texture < 0 ? 0 : 0.75f,
                0.1f,
                false);
    }

    private static Image texture() {
        Image image = Image.blank(TEXTURE_SIZE, TEXTURE_SIZE);
        for (int i = 0; i < TEXTURE_SIZE * TEXTURE_SIZE; i++) {
            image.rgba()[4 * i + (i % TEXTURE_SIZE < TEXTURE_SIZE / 2 ? 0 : 1)] = (byte) 0xff;
            image.rgba()[4 * i + 3] = (byte) 0xff;
        }
        return image;
    }

    /** With vertices of their own for each side. */
    private static Asset.Primitive box(float x, float y, float z, int material) {
        float[] half = {x, y, z};
        float[] positions = new float[3 * 24];
        float[] normals = new float[3 * 24];
        float[] uvs = new float[2 * 24];
        int[] indices = new int[36];
        int vertex = 0;
        for (int side = 0; side < 6; side++) {
            int axis = side / 2;
            int sign = side % 2 == 0 ? 1 : -1;
            for (int corner = 0; corner < 4; corner++) {
                int s = corner == 1 || corner == 2 ? 1 : -1;
                int t = corner >= 2 ? 1 : -1;
                positions[3 * vertex + axis] = sign * half[axis];
                positions[3 * vertex + (axis + 1) % 3] = s * sign * half[(axis + 1) % 3];
                positions[3 * vertex + (axis + 2) % 3] = t * half[(axis + 2) % 3];
                normals[3 * vertex + axis] = sign;
                uvs[2 * vertex] = 0.25f + 0.5f * (s + 1) / 2;
                uvs[2 * vertex + 1] = 0.125f;
                vertex++;
            }
            int first = vertex - 4;
            int[] quad = {first, first + 1, first + 2, first, first + 2, first + 3};
            System.arraycopy(quad, 0, indices, 6 * side, 6);
        }
        return new Asset.Primitive(positions, normals, uvs, indices, material);
    }
}
