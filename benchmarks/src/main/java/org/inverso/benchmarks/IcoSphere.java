/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A unit sphere of triangles: an icosahedron whose faces are halved along each edge.
 *
 * @param faces {@code int[F*3]}, counter-clockwise from outside
 * @param positions {@code float[V*3]}
 */
record IcoSphere(int[] faces, float[] positions) {
    private static final int[] ICOSAHEDRON = {
        0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7,
        1, 8, 3, 9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9,
        8, 1
    };

    /** The sphere of 20 * 4^n faces. */
    static IcoSphere ofFaces(int count) {
        IcoSphere sphere = icosahedron();
        while (sphere.faces.length / 3 < count) {
            sphere = sphere.refined();
        }
        if (sphere.faces.length / 3 != count) {
            throw new IllegalArgumentException(count + " is not 20 * 4^n");
        }
        return sphere;
    }

    int vertexCount() {
        return positions.length / 3;
    }

    private static IcoSphere icosahedron() {
        float a = (float) Math.sqrt((5 - Math.sqrt(5)) / 10);
        float b = (float) Math.sqrt((5 + Math.sqrt(5)) / 10);
        float[] positions = {
            -a, b, 0, a, b, 0, -a, -b, 0, a, -b, 0, 0, -a, b, 0, a, b, 0, -a, -b, 0, a, -b, b, 0,
            -a, b, 0, a, -b, 0, -a, -b, 0, a
        };
        return new IcoSphere(ICOSAHEDRON, positions);
    }

    private IcoSphere refined() {
        // Euler: V - E + F = 2 and E = 3 F / 2; every edge gets a vertex.
        int edges = faces.length / 2;
        float[] points = Arrays.copyOf(positions, positions.length + 3 * edges);
        Map<Long, Integer> middles = new HashMap<>(2 * edges);
        int[] finer = new int[4 * faces.length];
        int o = 0;
        for (int f = 0; f < faces.length; f += 3) {
            int a = faces[f];
            int b = faces[f + 1];
            int c = faces[f + 2];
            int ab = middle(points, middles, a, b);
            int bc = middle(points, middles, b, c);
            int ca = middle(points, middles, c, a);
            for (int v : new int[] {a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca}) {
                finer[o++] = v;
            }
        }
        return new IcoSphere(finer, points);
    }

    private int middle(float[] points, Map<Long, Integer> known, int a, int b) {
        long edge = (long) Math.min(a, b) << 32 | Math.max(a, b);
        return known.computeIfAbsent(
                edge,
                e -> {
                    int v = vertexCount() + known.size();
                    double x = points[3 * a] + points[3 * b];
                    double y = points[3 * a + 1] + points[3 * b + 1];
                    double z = points[3 * a + 2] + points[3 * b + 2];
                    double scale = 1 / Math.sqrt(x * x + y * y + z * z);
                    points[3 * v] = (float) (scale * x);
                    points[3 * v + 1] = (float) (scale * y);
                    points[3 * v + 2] = (float) (scale * z);
                    return v;
                });
    }
}
