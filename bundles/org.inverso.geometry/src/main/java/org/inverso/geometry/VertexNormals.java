/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.Arrays;

/**
 * Area-weighted vertex normals. With a welded topology a vertex also counts the faces on the other
 * side of a seam, unless the surface turns there by more than the crease angle, so that atlas cuts
 * do not show and hard edges stay hard.
 *
 * <p>Owns its scratch memory: not safe for use by several threads at once.
 */
public final class VertexNormals {

    private final int[] faces;
    private final WeldedTopology topology;
    private final int[] memberStart;
    private final int[] members;
    private final float cosCrease;
    private final float[] own;

    /** Each vertex counts its own faces only. */
    public VertexNormals(int vertexCount, int[] faces) {
        this.faces = faces;
        this.topology = null;
        this.memberStart = new int[0];
        this.members = new int[0];
        this.cosCrease = 1;
        this.own = new float[3 * vertexCount];
    }

    /**
     * @param creaseDeg largest angle between two vertices of one place, by their own faces, that
     *     are shaded as one; 180 for all
     */
    public VertexNormals(WeldedTopology topology, int[] faces, float creaseDeg) {
        this.faces = faces;
        this.topology = topology;
        this.cosCrease = (float) Math.cos(Math.toRadians(creaseDeg));
        int vertices = topology.vertexCount();
        this.own = new float[3 * vertices];
        memberStart = new int[topology.weldedCount() + 1];
        for (int v = 0; v < vertices; v++) {
            memberStart[topology.weldedIndex(v) + 1]++;
        }
        for (int w = 0; w < topology.weldedCount(); w++) {
            memberStart[w + 1] += memberStart[w];
        }
        int[] next = Arrays.copyOf(memberStart, topology.weldedCount());
        members = new int[vertices];
        for (int v = 0; v < vertices; v++) {
            members[next[topology.weldedIndex(v)]++] = v;
        }
    }

    /**
     * @param positions {@code float[V*3]}
     * @param dest {@code float[V*3]}, overwritten with unit normals; +Y where the faces around have
     *     no area
     * @return {@code dest}
     */
    public float[] compute(float[] positions, float[] dest) {
        addFaces(positions);
        if (topology == null) {
            System.arraycopy(own, 0, dest, 0, own.length);
        } else {
            weld(dest);
        }
        for (int i = 0; i < own.length; i += 3) {
            double length = length(dest, i);
            if (length > 1e-20) {
                dest[i] = (float) (dest[i] / length);
                dest[i + 1] = (float) (dest[i + 1] / length);
                dest[i + 2] = (float) (dest[i + 2] / length);
            } else {
                dest[i] = 0;
                dest[i + 1] = 1;
                dest[i + 2] = 0;
            }
        }
        return dest;
    }

    private void addFaces(float[] x) {
        Arrays.fill(own, 0);
        for (int f = 0; f < faces.length; f += 3) {
            int a = 3 * faces[f];
            int b = 3 * faces[f + 1];
            int c = 3 * faces[f + 2];
            float ux = x[b] - x[a];
            float uy = x[b + 1] - x[a + 1];
            float uz = x[b + 2] - x[a + 2];
            float vx = x[c] - x[a];
            float vy = x[c + 1] - x[a + 1];
            float vz = x[c + 2] - x[a + 2];
            float nx = uy * vz - uz * vy;
            float ny = uz * vx - ux * vz;
            float nz = ux * vy - uy * vx;
            add(a, nx, ny, nz);
            add(b, nx, ny, nz);
            add(c, nx, ny, nz);
        }
    }

    private void add(int at, float nx, float ny, float nz) {
        own[at] += nx;
        own[at + 1] += ny;
        own[at + 2] += nz;
    }

    private void weld(float[] dest) {
        for (int v = 0; v < topology.vertexCount(); v++) {
            int i = 3 * v;
            double length = length(own, i);
            dest[i] = own[i];
            dest[i + 1] = own[i + 1];
            dest[i + 2] = own[i + 2];
            int w = topology.weldedIndex(v);
            for (int m = memberStart[w]; m < memberStart[w + 1]; m++) {
                int j = 3 * members[m];
                double dot =
                        (double) own[i] * own[j]
                                + (double) own[i + 1] * own[j + 1]
                                + (double) own[i + 2] * own[j + 2];
                if (j != i && dot >= cosCrease * length * length(own, j)) {
                    dest[i] += own[j];
                    dest[i + 1] += own[j + 1];
                    dest[i + 2] += own[j + 2];
                }
            }
        }
    }

    private static double length(float[] n, int i) {
        return Math.sqrt(
                (double) n[i] * n[i] + (double) n[i + 1] * n[i + 1] + (double) n[i + 2] * n[i + 2]);
    }
}
