/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.joml.Matrix4f;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/** What there is to export, small enough to know by heart. */
final class SmallAssets {

    /** By how much the front wheels of {@link #car} are steered. */
    static final float STEERING = 0.3f;

    private SmallAssets() {}

    /**
     * A body of paint and glass on four wheels, with a lamp that a clip switches on, a clip that
     * drives, and another colour of the paint.
     */
    static Asset car() {
        List<Asset.Node> nodes = new ArrayList<>();
        nodes.add(node("my car", -1, new Vector3f(), new Quaternionf(), -1, Map.of()));
        nodes.add(node("body", 0, new Vector3f(), new Quaternionf(), 0, Map.of("role", "body")));
        for (int w = 0; w < 4; w++) {
            Vector3f axle = new Vector3f(w % 2 == 0 ? 1 : -1, 0.3f, w < 2 ? 1.5f : -1.25f);
            Quaternionf turn = new Quaternionf().rotationY(w < 2 ? STEERING : 0);
            nodes.add(node("wheel", 0, axle, turn, 1, Map.of("role", "wheel", "radius", "0.3")));
        }
        nodes.add(
                new Asset.Node(
                        "glow",
                        1,
                        new Vector3f(0, 1, 2),
                        new Quaternionf(),
                        new Vector3f(0),
                        2,
                        Asset.NONE,
                        Map.of()));
        List<Asset.Mesh> meshes =
                List.of(
                        new Asset.Mesh("body", List.of(square(1, 0, 0), square(1, 2, 1))),
                        new Asset.Mesh("wheel", List.of(wall(0.1f, 0.3f, 1))),
                        new Asset.Mesh("glow", List.of(square(0.1f, 0, 1))));
        float[] times = {0, 0.5f, 1};
        Asset.Clip drive =
                new Asset.Clip(
                        "drive",
                        List.of(
                                new Asset.Channel(
                                        0,
                                        "translation",
                                        times,
                                        new float[] {0, 0, 0, 0, 0, 1, 0, 0, 2}),
                                new Asset.Channel(
                                        2,
                                        "rotation",
                                        times,
                                        new float[] {0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, -1})));
        Asset.Clip lights =
                new Asset.Clip(
                        "lights",
                        List.of(
                                new Asset.Channel(
                                        6,
                                        "scale",
                                        times,
                                        new float[] {0, 0, 0, 1, 1, 1, 0, 0, 0},
                                        Asset.Interpolation.STEP)));
        return new Asset(
                "car",
                nodes,
                meshes,
                List.of(
                        material("paint", 0, 1, new float[3], 1),
                        material("glass", -1, 0.25f, new float[] {0, 0, 0.5f}, 3),
                        material("paint red", -1, 1, new float[3], 1)),
                List.of(new Asset.Texture("base color", Image.blank(2, 2), true)),
                List.of(drive, lights),
                List.of(),
                List.of(new Asset.Variant("dark red", Map.of(0, 2))),
                Map.of("tool", "a \"test\"\nof it", "categoryVersion", "1.2"));
    }

    /**
     * A strip on two joints, of which the photo bends the second, and a clip that bends it more.
     */
    static Asset snake() {
        Quaternionf bent = new Quaternionf().rotationZ(0.5f);
        List<Asset.Node> nodes =
                List.of(
                        node("snake", -1, new Vector3f(), new Quaternionf(), -1, Map.of()),
                        node("tail", 0, new Vector3f(0, 1, 0), new Quaternionf(), -1, Map.of()),
                        node("head", 1, new Vector3f(0, 2, 0), bent, -1, Map.of()),
                        new Asset.Node(
                                "strip",
                                -1,
                                new Vector3f(),
                                new Quaternionf(),
                                0,
                                0,
                                Map.of("role", "body")));
        Asset.Primitive flat = square(1, 3, 0);
        int[] joints = {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        float[] weights = {1, 0, 0, 0, 0.5f, 0.5f, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
        Asset.Primitive strip =
                new Asset.Primitive(
                        flat.positions(),
                        flat.normals(),
                        flat.uvs(),
                        flat.indices(),
                        0,
                        joints,
                        weights);
        // The skin names the head first; a skeleton has parents first.
        float[] inverseBind = new float[32];
        new Matrix4f().translation(0, -3, 0).get(inverseBind, 0);
        new Matrix4f().translation(0, -1, 0).get(inverseBind, 16);
        float s = (float) Math.sqrt(0.5);
        return new Asset(
                "snake",
                nodes,
                List.of(new Asset.Mesh("strip", List.of(strip))),
                List.of(material("skin", -1, 1, new float[3], 1)),
                List.of(),
                List.of(
                        new Asset.Clip(
                                "bend",
                                List.of(
                                        new Asset.Channel(
                                                2,
                                                "rotation",
                                                new float[] {0, 2},
                                                new float[] {0, 0, 0, 1, 0, 0, s, s}),
                                        new Asset.Channel(
                                                1,
                                                "translation",
                                                new float[] {0, 1},
                                                new float[] {0, 1, 0, 0, 5, 0})))),
                List.of(new Asset.Skin("snake", new int[] {2, 1}, inverseBind)),
                Map.of());
    }

    private static Asset.Node node(
            String name,
            int parent,
            Vector3f t,
            Quaternionf r,
            int mesh,
            Map<String, String> extras) {
        return new Asset.Node(name, parent, t, r, mesh, extras);
    }

    private static Asset.Material material(
            String name, int texture, float alpha, float[] emissive, float strength) {
        return new Asset.Material(
                name,
                new float[] {1, 0.5f, 0.25f, alpha},
                texture,
                0.125f,
                0.75f,
                emissive,
                strength,
                0.5f,
                0.0625f,
                name.equals("glass"));
    }

    /** Level, with the edge at x = 1 where squares of the same size meet. */
    private static Asset.Primitive square(float half, float x, int material) {
        float a = x - half;
        float b = x + half;
        return new Asset.Primitive(
                new float[] {a, 0, half, b, 0, half, b, 0, -half, a, 0, -half},
                new float[] {0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0},
                new float[] {0, 1, 1, 1, 1, 0.25f, 0, 0},
                new int[] {0, 1, 2, 0, 2, 3},
                material);
    }

    private static Asset.Primitive wall(float x, float half, int material) {
        return new Asset.Primitive(
                new float[] {-x, -half, 0, x, -half, 0, x, half, 0, -x, half, 0},
                new float[] {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1},
                new float[8],
                new int[] {0, 1, 2, 0, 2, 3},
                material);
    }
}
