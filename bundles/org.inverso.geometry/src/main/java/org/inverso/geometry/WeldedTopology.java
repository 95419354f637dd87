/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.internal.PointGrid;

/**
 * The surface behind a mesh: vertices that are the same point, only kept apart by the texture
 * atlas, materials or parts, become one. Values on the welded surface cannot tear a seam open.
 *
 * <p>Immutable; the methods on arrays allocate nothing.
 */
public final class WeldedTopology {

    /** Distance below which points are the same, metres. */
    public static final float TOLERANCE = 1e-4f;

    private final int[] weldedIndex;
    private final int weldedCount;
    private final int[] faces;
    private final float[] inverseMembers;

    private WeldedTopology(int[] weldedIndex, int weldedCount, int[] meshFaces) {
        this.weldedIndex = weldedIndex;
        this.weldedCount = weldedCount;
        inverseMembers = new float[weldedCount];
        for (int w : weldedIndex) {
            inverseMembers[w]++;
        }
        for (int w = 0; w < weldedCount; w++) {
            inverseMembers[w] = 1 / inverseMembers[w];
        }
        int[] kept = new int[meshFaces.length];
        int n = 0;
        for (int i = 0; i < meshFaces.length; i += 3) {
            int a = weldedIndex[meshFaces[i]];
            int b = weldedIndex[meshFaces[i + 1]];
            int c = weldedIndex[meshFaces[i + 2]];
            if (a != b && b != c && c != a) {
                kept[n] = a;
                kept[n + 1] = b;
                kept[n + 2] = c;
                n += 3;
            }
        }
        faces = Arrays.copyOf(kept, n);
    }

    /**
     * Welds vertices that are at one place at rest and stay together under all shape targets,
     * within {@link #TOLERANCE}.
     */
    public static WeldedTopology of(TemplateMesh mesh) {
        int vertices = mesh.vertexCount();
        PointGrid grid = new PointGrid(TOLERANCE);
        List<List<Integer>> representatives = new ArrayList<>();
        int[] welded = new int[vertices];
        int count = 0;
        for (int v = 0; v < vertices; v++) {
            int point =
                    grid.add(
                            mesh.positions()[3 * v],
                            mesh.positions()[3 * v + 1],
                            mesh.positions()[3 * v + 2]);
            if (point == representatives.size()) {
                representatives.add(new ArrayList<>());
            }
            welded[v] = -1;
            for (int other : representatives.get(point)) {
                if (moveTogether(mesh, v, other)) {
                    welded[v] = welded[other];
                    break;
                }
            }
            if (welded[v] < 0) {
                welded[v] = count++;
                representatives.get(point).add(v);
            }
        }
        return new WeldedTopology(welded, count, mesh.faces());
    }

    /**
     * Welds vertices that are at one place.
     *
     * @param positions {@code float[V*3]}
     * @param faces {@code int[F*3]}
     */
    public static WeldedTopology of(float[] positions, int[] faces) {
        PointGrid grid = new PointGrid(TOLERANCE);
        int[] welded = new int[positions.length / 3];
        for (int v = 0; v < welded.length; v++) {
            welded[v] = grid.add(positions[3 * v], positions[3 * v + 1], positions[3 * v + 2]);
        }
        return new WeldedTopology(welded, grid.count(), faces);
    }

    private static boolean moveTogether(TemplateMesh mesh, int v, int other) {
        int vertices = mesh.vertexCount();
        float[] basis = mesh.shapeBasis();
        for (int k = 0; k < mesh.shapeCount(); k++) {
            for (int c = 0; c < 3; c++) {
                float a = basis[3 * (k * vertices + v) + c];
                float b = basis[3 * (k * vertices + other) + c];
                if (Math.abs(a - b) > TOLERANCE) {
                    return false;
                }
            }
        }
        return true;
    }

    /** V. */
    public int vertexCount() {
        return weldedIndex.length;
    }

    /** W, at most V. */
    public int weldedCount() {
        return weldedCount;
    }

    /** The welded vertex that a vertex belongs to. */
    public int weldedIndex(int vertex) {
        return weldedIndex[vertex];
    }

    /**
     * Faces between welded vertices, those that collapsed left out.
     *
     * @return {@code int[F'*3]}, shared, not to be modified
     */
    public int[] faces() {
        return faces;
    }

    /**
     * Gives each vertex the value of its welded vertex.
     *
     * @param welded {@code float[W*3]}
     * @param dest {@code float[V*3]}
     * @return {@code dest}
     */
    public float[] expand(float[] welded, float[] dest) {
        for (int v = 0; v < weldedIndex.length; v++) {
            int w = 3 * weldedIndex[v];
            dest[3 * v] = welded[w];
            dest[3 * v + 1] = welded[w + 1];
            dest[3 * v + 2] = welded[w + 2];
        }
        return dest;
    }

    /**
     * Adds up over each welded vertex: the derivative of {@link #expand}.
     *
     * @param vertices {@code float[V*3]}
     * @param dest {@code float[W*3]}, overwritten
     * @return {@code dest}
     */
    public float[] sum(float[] vertices, float[] dest) {
        Arrays.fill(dest, 0, 3 * weldedCount, 0);
        for (int v = 0; v < weldedIndex.length; v++) {
            int w = 3 * weldedIndex[v];
            dest[w] += vertices[3 * v];
            dest[w + 1] += vertices[3 * v + 1];
            dest[w + 2] += vertices[3 * v + 2];
        }
        return dest;
    }

    /** As {@link #sum}, divided by the number of vertices welded. */
    public float[] mean(float[] vertices, float[] dest) {
        sum(vertices, dest);
        for (int w = 0; w < weldedCount; w++) {
            dest[3 * w] *= inverseMembers[w];
            dest[3 * w + 1] *= inverseMembers[w];
            dest[3 * w + 2] *= inverseMembers[w];
        }
        return dest;
    }

    /**
     * The mirror map between welded vertices.
     *
     * @param mirrorVertex {@code int[V]}, see {@link TemplateMesh#mirrorVertex()}
     * @return {@code int[W]}
     */
    public int[] mirror(int[] mirrorVertex) {
        int[] mirror = new int[weldedCount];
        for (int v = 0; v < weldedIndex.length; v++) {
            mirror[weldedIndex[v]] = weldedIndex[mirrorVertex[v]];
        }
        return mirror;
    }
}
