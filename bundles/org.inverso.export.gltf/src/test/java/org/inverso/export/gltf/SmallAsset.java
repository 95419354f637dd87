/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/**
 * A box on two wheels: paint with a JPEG texture and clear coat, glass, a lamp that shines, a spare
 * material, texture and mesh that nothing refers to, and a clip that turns the wheels.
 */
final class SmallAsset {

    List<Asset.Node> nodes = new ArrayList<>();
    List<Asset.Mesh> meshes = new ArrayList<>();
    List<Asset.Material> materials = new ArrayList<>();
    List<Asset.Texture> textures = new ArrayList<>();
    List<Asset.Clip> clips = new ArrayList<>();
    List<Asset.Variant> variants = new ArrayList<>();
    Map<String, String> provenance = new HashMap<>();

    static SmallAsset create() {
        SmallAsset a = new SmallAsset();
        float[] none = {0, 0, 0};
        a.materials.add(material("spare", 1, -1, none, 1, 0));
        a.materials.add(material("paint", 1, 1, none, 1, 0.75f));
        a.materials.add(material("glass", 0.25f, -1, none, 1, 0));
        a.materials.add(material("lamp", 1, -1, new float[] {4, 2, 0}, 1.5f, 0));
        a.materials.add(material("dial", 1, -1, new float[] {0, 0.5f, 0.5f}, 1, 0));
        a.textures.add(new Asset.Texture("spare", Image.blank(2, 2), false));
        a.textures.add(new Asset.Texture("albedo", gradient(16), true));
        a.meshes.add(new Asset.Mesh("spare", List.of(square(0, 0))));
        a.meshes.add(
                new Asset.Mesh("body", List.of(square(0.1f, 1), square(0.7f, 2), square(1.3f, 3))));
        a.meshes.add(new Asset.Mesh("wheel", List.of(square(0, 4))));
        Quaternionf steering = new Quaternionf().rotateY(0.3f);
        a.nodes.add(node("car", -1, new Vector3f(), new Quaternionf(), -1, "category", "car"));
        a.nodes.add(node("body", 0, new Vector3f(), new Quaternionf(), 1, "role", "body"));
        a.nodes.add(
                node("wheel_l", 0, new Vector3f(0.7f, 0.3f, 1.1f), steering, 2, "role", "wheel"));
        a.nodes.add(
                node("wheel_r", 0, new Vector3f(-0.7f, 0.3f, 1.1f), steering, 2, "role", "wheel"));
        float[] times = {0, 0.25f, 0.5f, 0.75f, 1};
        a.clips.add(
                new Asset.Clip(
                        "drive",
                        List.of(
                                new Asset.Channel(2, "rotation", times, turns(steering)),
                                new Asset.Channel(3, "rotation", times.clone(), turns(steering)),
                                new Asset.Channel(
                                        1,
                                        "translation",
                                        new float[] {0, 1},
                                        new float[] {0, 0, 0, 0, 0.1f, 0}))));
        a.provenance.put("tool", "test");
        a.provenance.put("input", "photo.jpg");
        return a;
    }

    Asset asset() {
        return new Asset(
                "small",
                nodes,
                meshes,
                materials,
                textures,
                clips,
                List.of(),
                variants,
                provenance);
    }

    private static Asset.Node node(
            String name,
            int parent,
            Vector3f t,
            Quaternionf r,
            int mesh,
            String key,
            String value) {
        Map<String, String> extras = new HashMap<>(Map.of("b", "2", "a", "1"));
        extras.put(key, value);
        return new Asset.Node(name, parent, t, r, mesh, extras);
    }

    private static Asset.Material material(
            String name, float alpha, int texture, float[] emissive, float strength, float coat) {
        return new Asset.Material(
                name,
                new float[] {0.8f, 0.7f, 0.6f, alpha},
                texture,
                0.1f,
                0.4f,
                emissive,
                strength,
                coat,
                0.05f,
                name.equals("glass"));
    }

    static Asset.Primitive square(float y, int material) {
        float s = 0.1f;
        return new Asset.Primitive(
                new float[] {-s, y, s, s, y, s, s, y, -s, -s, y, -s},
                // Nearly unit, as arithmetic with floats leaves them.
                new float[] {0, 1.0001f, 0, 0, 1, 0, 0, 0.9999f, 0, 0, 1, 0},
                new float[] {0, 1, 1, 1, 1, 0, 0, 0},
                new int[] {0, 1, 2, 0, 2, 3},
                material);
    }

    private static float[] turns(Quaternionf steering) {
        float[] values = new float[20];
        for (int i = 0; i < 5; i++) {
            Quaternionf q = new Quaternionf(steering).rotateX((float) (i * Math.PI / 2));
            values[4 * i] = q.x;
            values[4 * i + 1] = q.y;
            values[4 * i + 2] = q.z;
            values[4 * i + 3] = q.w;
        }
        return values;
    }

    private static Image gradient(int size) {
        Image image = Image.blank(size, size);
        for (int i = 0; i < size * size; i++) {
            image.rgba()[4 * i] = (byte) (16 * (i % size));
            image.rgba()[4 * i + 1] = (byte) (16 * (i / size));
            image.rgba()[4 * i + 3] = (byte) 0xff;
        }
        return image;
    }
}
