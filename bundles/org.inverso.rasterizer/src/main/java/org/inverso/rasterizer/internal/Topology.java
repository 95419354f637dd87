/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/** Faces and what touches what; fixed while a session lives. */
public final class Topology {
    public final int vertexCount;
    public final int faceCount;
    public final int[] faces;

    /** Where each vertex's corners begin in {@link #corners}; {@code int[V+1]}. */
    public final int[] cornerStart;

    /** Corner ids, 3 * face + corner, by vertex, ascending; {@code int[F*3]}. */
    public final int[] corners;

    /**
     * For each corner the face across the opposite edge, or -1 when there is none or more than one;
     * {@code int[F*3]}.
     */
    public final int[] neighbours;

    public Topology(int[] faces, int vertexCount) {
        if (faces.length % 3 != 0) {
            throw new IllegalArgumentException("faces has " + faces.length + " numbers, not 3F");
        }
        this.faces = faces.clone();
        this.vertexCount = vertexCount;
        faceCount = faces.length / 3;
        cornerStart = new int[vertexCount + 1];
        for (int i = 0; i < faces.length; i++) {
            int v = faces[i];
            if (v < 0 || v >= vertexCount) {
                throw new IllegalArgumentException(
                        "face " + i / 3 + " names vertex " + v + " of " + vertexCount);
            }
            cornerStart[v + 1]++;
        }
        for (int v = 0; v < vertexCount; v++) {
            cornerStart[v + 1] += cornerStart[v];
        }
        corners = new int[faces.length];
        int[] fill = cornerStart.clone();
        for (int i = 0; i < faces.length; i++) {
            corners[fill[faces[i]]++] = i;
        }
        neighbours = new int[faces.length];
        for (int i = 0; i < faces.length; i++) {
            int f = i / 3;
            neighbours[i] = across(f, faces[3 * f + (i + 1) % 3], faces[3 * f + (i + 2) % 3]);
        }
    }

    private int across(int face, int a, int b) {
        int found = -1;
        for (int c = cornerStart[a]; c < cornerStart[a + 1]; c++) {
            int other = corners[c] / 3;
            int o = 3 * other;
            if (other != face && (faces[o] == b || faces[o + 1] == b || faces[o + 2] == b)) {
                if (found >= 0) {
                    return -1;
                }
                found = other;
            }
        }
        return found;
    }
}
