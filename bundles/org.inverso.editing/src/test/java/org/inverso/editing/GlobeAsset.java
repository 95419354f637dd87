/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/**
 * A globe of two parts, north and south, that meet at the equator; its texture has a seam from pole
 * to pole. On it a lamp with its light, and two other paints.
 */
public final class GlobeAsset {

    public static final int RINGS = 24;
    public static final int SECTORS = 48;
    public static final float RADIUS = 1;

    private GlobeAsset() {}

    public static Asset of() {
        List<Asset.Node> nodes = new ArrayList<>();
        nodes.add(node("globe", Asset.NONE, Asset.NONE, 1, Map.of("role", "root")));
        nodes.add(node("north", 0, 0, 1, Map.of("role", "headlight", "radius", "0.5")));
        nodes.add(node("south", 0, 1, 1, Map.of("role", "body")));
        nodes.add(node("north_glow", 1, 2, 0, Map.of("role", "glow")));
        List<Asset.Mesh> meshes =
                List.of(
                        new Asset.Mesh("north", List.of(cap(0, RINGS / 2, RADIUS, 0))),
                        new Asset.Mesh("south", List.of(cap(RINGS / 2, RINGS, RADIUS, 0))),
                        new Asset.Mesh("north_glow", List.of(cap(0, RINGS / 4, 1.1f * RADIUS, 1))));
        float[] times = {0, 1};
        List<Asset.Clip> clips =
                List.of(
                        new Asset.Clip(
                                "rise",
                                List.of(
                                        new Asset.Channel(
                                                0,
                                                "translation",
                                                times,
                                                new float[] {0, 1, 0, 0, 2, 0}))),
                        new Asset.Clip(
                                "shine",
                                List.of(
                                        new Asset.Channel(
                                                3,
                                                "scale",
                                                times,
                                                new float[] {1, 1, 1, 1, 1, 1},
                                                Asset.Interpolation.STEP))));
        return new Asset(
                "globe",
                nodes,
                meshes,
                List.of(
                        material("paint", 0, 1),
                        material("light", Asset.NONE, 1),
                        material("paint_red", Asset.NONE, 0.5f),
                        material("paint_blue", Asset.NONE, 0.25f)),
                List.of(new Asset.Texture("base_color", texture(), false)),
                clips,
                List.of(),
                List.of(
                        new Asset.Variant("blue", Map.of(0, 3)),
                        new Asset.Variant("red", Map.of(0, 2))),
                Map.of("tool", "test"));
    }

    private static Asset.Node node(
            String name, int parent, int mesh, float scale, Map<String, String> extras) {
        return new Asset.Node(
                name,
                parent,
                new Vector3f(0, parent < 0 ? RADIUS : 0, 0),
                new Quaternionf(),
                new Vector3f(scale),
                mesh,
                Asset.NONE,
                extras);
    }

    private static Asset.Material material(String name, int texture, float red) {
        return new Asset.Material(
                name,
                new float[] {red, 1, 1, 1},
                texture,
                0,
                0.5f,
                new float[] {0, 0, texture == Asset.NONE && red == 1 ? 1 : 0},
                1,
                0.5f,
                0.1f,
                false);
    }

    private static Image texture() {
        Image image = Image.blank(64, 32);
        for (int i = 0; i < image.rgba().length; i++) {
            image.rgba()[i] = (byte) (i % 4 == 3 ? 255 : 40 * (i % 4) + i / 256);
        }
        return image;
    }

    /** Some rings of a sphere, with vertices of its own along the seam. */
    private static Asset.Primitive cap(int fromRing, int toRing, float radius, int material) {
        int rows = toRing - fromRing + 1;
        int columns = SECTORS + 1;
        float[] positions = new float[3 * rows * columns];
        float[] normals = new float[positions.length];
        float[] uvs = new float[2 * rows * columns];
        for (int r = 0; r < rows; r++) {
            double polar = Math.PI * (fromRing + r) / RINGS;
            for (int c = 0; c < columns; c++) {
                double around = 2 * Math.PI * (c % SECTORS) / SECTORS;
                int v = r * columns + c;
                normals[3 * v] = (float) (Math.sin(polar) * Math.sin(around));
                normals[3 * v + 1] = (float) Math.cos(polar);
                normals[3 * v + 2] = (float) (Math.sin(polar) * Math.cos(around));
                for (int i = 3 * v; i < 3 * v + 3; i++) {
                    positions[i] = radius * normals[i];
                }
                uvs[2 * v] = c / (float) SECTORS;
                uvs[2 * v + 1] = (fromRing + r) / (float) RINGS;
            }
        }
        List<Integer> indices = new ArrayList<>();
        for (int r = 0; r + 1 < rows; r++) {
            for (int c = 0; c < SECTORS; c++) {
                int a = r * columns + c;
                int b = a + columns;
                if (fromRing + r > 0) {
                    indices.addAll(List.of(a, b, a + 1));
                }
                if (fromRing + r + 1 < RINGS) {
                    indices.addAll(List.of(a + 1, b, b + 1));
                }
            }
        }
        return new Asset.Primitive(
                positions, normals, uvs, indices.stream().mapToInt(i -> i).toArray(), material);
    }
}
