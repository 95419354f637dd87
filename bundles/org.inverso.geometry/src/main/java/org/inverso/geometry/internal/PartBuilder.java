/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * Collects the triangles of one part; leaves out what collapses to a line and vertices that no
 * triangle uses.
 */
final class PartBuilder {

    private final List<float[]> positions = new ArrayList<>();
    private final List<float[]> uvs = new ArrayList<>();
    private final List<SortedMap<String, float[]>> deltas = new ArrayList<>();
    private final List<int[]> faces = new ArrayList<>();
    private final List<Integer> materials = new ArrayList<>();
    private int vertexCount;

    /**
     * @param indices into these vertices, three a triangle
     */
    void add(
            float[] xyz,
            float[] uv,
            SortedMap<String, float[]> moved,
            int[] indices,
            boolean inverted,
            int material) {
        positions.add(xyz);
        uvs.add(uv);
        deltas.add(moved);
        for (int i = 0; i + 2 < indices.length; i += 3) {
            int a = indices[i];
            int b = indices[i + (inverted ? 2 : 1)];
            int c = indices[i + (inverted ? 1 : 2)];
            if (a != b && b != c && c != a) {
                faces.add(new int[] {vertexCount + a, vertexCount + b, vertexCount + c});
                materials.add(material);
            }
        }
        vertexCount += xyz.length / 3;
    }

    boolean isEmpty() {
        return faces.isEmpty();
    }

    ModelPart build(String name, Matrix4d world) {
        int[] kept = new int[vertexCount];
        Arrays.fill(kept, -1);
        int count = 0;
        int[] corners = new int[3 * faces.size()];
        for (int f = 0; f < faces.size(); f++) {
            for (int i = 0; i < 3; i++) {
                int v = faces.get(f)[i];
                if (kept[v] < 0) {
                    kept[v] = count++;
                }
                corners[3 * f + i] = kept[v];
            }
        }
        SortedMap<String, float[]> moved = new TreeMap<>();
        int length = 3 * count;
        int first = 0;
        for (int block = 0; block < positions.size(); block++) {
            for (var target : deltas.get(block).entrySet()) {
                float[] all = moved.computeIfAbsent(target.getKey(), k -> new float[length]);
                scatter(target.getValue(), 3, first, kept, all);
            }
            first += positions.get(block).length / 3;
        }
        return new ModelPart(
                name,
                world.getTranslation(new Vector3d()),
                gather(positions, 3, kept, count),
                gather(uvs, 2, kept, count),
                corners,
                materials.stream().mapToInt(Integer::intValue).toArray(),
                moved);
    }

    private static float[] gather(List<float[]> blocks, int width, int[] kept, int count) {
        float[] all = new float[width * count];
        int first = 0;
        for (float[] block : blocks) {
            scatter(block, width, first, kept, all);
            first += block.length / width;
        }
        return all;
    }

    private static void scatter(float[] block, int width, int first, int[] kept, float[] dest) {
        for (int v = 0; v < block.length / width; v++) {
            if (kept[first + v] >= 0) {
                System.arraycopy(block, width * v, dest, width * kept[first + v], width);
            }
        }
    }
}
