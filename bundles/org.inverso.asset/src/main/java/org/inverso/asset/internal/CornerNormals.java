/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.WeldedTopology;

/**
 * Normals of face corners: smooth over chart, material and part borders, but not over creases. The
 * faces at a place are averaged, weighted by area, when their normals are within the crease angle
 * of the corner's own face.
 */
final class CornerNormals {

    private static final float CREASE_COSINE = (float) Math.cos(Math.toRadians(40));

    private final int[] faces;
    private final int[] cornerPlace;
    private final int[] placeStart;
    private final int[] placeCorners;

    CornerNormals(TemplateMesh template, WeldedTopology topology) {
        faces = template.faces();
        cornerPlace = new int[faces.length];
        for (int c = 0; c < faces.length; c++) {
            cornerPlace[c] = topology.weldedIndex(faces[c]);
        }
        placeStart = new int[topology.weldedCount() + 1];
        for (int place : cornerPlace) {
            placeStart[place + 1]++;
        }
        for (int i = 0; i < topology.weldedCount(); i++) {
            placeStart[i + 1] += placeStart[i];
        }
        int[] next = placeStart.clone();
        placeCorners = new int[faces.length];
        for (int c = 0; c < faces.length; c++) {
            placeCorners[next[cornerPlace[c]]++] = c;
        }
    }

    /**
     * @param positions {@code float[V*3]}
     * @return {@code float[F*9]}, a unit normal for each corner of each face
     */
    float[] of(float[] positions) {
        int faceCount = faces.length / 3;
        float[] faceNormal = new float[3 * faceCount];
        float[] area = new float[faceCount];
        for (int f = 0; f < faceCount; f++) {
            int a = 3 * faces[3 * f];
            int b = 3 * faces[3 * f + 1];
            int c = 3 * faces[3 * f + 2];
            float ux = positions[b] - positions[a];
            float uy = positions[b + 1] - positions[a + 1];
            float uz = positions[b + 2] - positions[a + 2];
            float vx = positions[c] - positions[a];
            float vy = positions[c + 1] - positions[a + 1];
            float vz = positions[c + 2] - positions[a + 2];
            float x = uy * vz - uz * vy;
            float y = uz * vx - ux * vz;
            float z = ux * vy - uy * vx;
            float length = (float) Math.sqrt(x * x + y * y + z * z);
            if (length > 0) {
                faceNormal[3 * f] = x / length;
                faceNormal[3 * f + 1] = y / length;
                faceNormal[3 * f + 2] = z / length;
                area[f] = length;
            } else {
                faceNormal[3 * f + 1] = 1;
            }
        }
        float[] normals = new float[3 * faces.length];
        for (int corner = 0; corner < faces.length; corner++) {
            smooth(corner, faceNormal, area, normals);
        }
        return normals;
    }

    private void smooth(int corner, float[] faceNormal, float[] area, float[] normals) {
        int own = corner - corner % 3;
        float ox = faceNormal[own];
        float oy = faceNormal[own + 1];
        float oz = faceNormal[own + 2];
        float x = 0;
        float y = 0;
        float z = 0;
        int place = cornerPlace[corner];
        for (int i = placeStart[place]; i < placeStart[place + 1]; i++) {
            int f = placeCorners[i] / 3;
            float nx = faceNormal[3 * f];
            float ny = faceNormal[3 * f + 1];
            float nz = faceNormal[3 * f + 2];
            if (nx * ox + ny * oy + nz * oz >= CREASE_COSINE) {
                x += area[f] * nx;
                y += area[f] * ny;
                z += area[f] * nz;
            }
        }
        float length = (float) Math.sqrt(x * x + y * y + z * z);
        boolean flat = !(length > 0);
        normals[3 * corner] = flat ? ox : x / length;
        normals[3 * corner + 1] = flat ? oy : y / length;
        normals[3 * corner + 2] = flat ? oz : z / length;
    }
}
