/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.Material;
import org.inverso.api.category.Part;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/**
 * The light of a lamp as a thin shell over it. Animations of glTF move nodes, and cannot change
 * materials; so the shell stands in a node of its own that clips scale from 0 to 1 and back. While
 * no clip plays, all of it is one point behind the lamp's surface.
 *
 * @param node index of the shell's node
 * @param left whether it is on the object's left
 */
record LampGlow(int node, Part part, boolean left) {

    private static final Set<String> ROLES = Set.of("headlight", "taillight", "indicator");

    /** Distance between lamp and shell, part of the lamp's size. */
    private static final float GAP = 0.015f;

    /** Whether a part is a lamp. */
    static boolean suits(Part part) {
        return ROLES.contains(part.role());
    }

    /**
     * The shell over a lamp.
     *
     * @param parent index of the lamp's node
     * @param lamp what the lamp's node draws
     * @param nodes gets the shell's node
     * @param meshes get its mesh
     * @return none when nothing of the part is made of a lamp's material
     */
    static List<LampGlow> over(
            Part part,
            int parent,
            Asset.Mesh lamp,
            List<Material> materials,
            List<Asset.Node> nodes,
            List<Asset.Mesh> meshes) {
        int[] lit =
                IntStream.range(0, lamp.primitives().size())
                        .filter(i -> isLit(lamp.primitives().get(i), materials))
                        .toArray();
        List<Asset.Primitive> lenses = picked(lamp.primitives(), lit);
        if (lenses.isEmpty()) {
            return List.of();
        }
        Vector3f low = new Vector3f(Float.POSITIVE_INFINITY);
        Vector3f high = new Vector3f(Float.NEGATIVE_INFINITY);
        for (Asset.Primitive lens : lenses) {
            float[] p = lens.positions();
            for (int i = 0; i < p.length; i += 3) {
                low.min(new Vector3f(p[i], p[i + 1], p[i + 2]));
                high.max(new Vector3f(p[i], p[i + 1], p[i + 2]));
            }
        }
        Vector3f centre = low.add(high, new Vector3f()).div(2);
        float gap = GAP * low.distance(high);
        List<Asset.Primitive> shell = new ArrayList<>();
        for (Asset.Primitive lens : lenses) {
            shell.add(lifted(lens, centre, gap, Materials.litIndex(materials, lens.material())));
        }
        String name = part.name() + "_glow";
        LampGlow glow = new LampGlow(nodes.size(), part, centre.x > 0);
        nodes.add(
                new Asset.Node(
                        name,
                        parent,
                        centre,
                        new Quaternionf(),
                        new Vector3f(0),
                        meshes.size(),
                        Asset.NONE,
                        Map.of("role", "glow")));
        // A shell goes where its lens goes.
        List<Asset.ShapeKey> keys =
                lamp.shapeKeys().stream()
                        .map(
                                key ->
                                        new Asset.ShapeKey(
                                                key.name(),
                                                key.weight(),
                                                picked(key.positions(), lit),
                                                picked(key.normals(), lit)))
                        .toList();
        meshes.add(new Asset.Mesh(name, shell, keys));
        return List.of(glow);
    }

    private static boolean isLit(Asset.Primitive primitive, List<Material> materials) {
        return Materials.litIndex(materials, primitive.material()) >= 0;
    }

    private static <T> List<T> picked(List<T> all, int[] indices) {
        return Arrays.stream(indices).mapToObj(all::get).toList();
    }

    private static Asset.Primitive lifted(
            Asset.Primitive lens, Vector3f centre, float gap, int material) {
        float[] positions = lens.positions().clone();
        for (int i = 0; i < positions.length; i++) {
            positions[i] += gap * lens.normals()[i] - centre.get(i % 3);
        }
        return new Asset.Primitive(positions, lens.normals(), lens.uvs(), lens.indices(), material);
    }
}
