/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.Laplacian;
import org.inverso.geometry.WeldedTopology;

/**
 * The three costs of free vertex offsets, with the weights of GANverse3D (arXiv 2010.09125):
 * Laplacian (how far vertices are from the mean of their neighbours), flatness (1 - cosine between
 * the normals of neighbouring faces, squared) and movement (squared offsets). Lengths are in units
 * of a radius, and each is a mean over vertices or edges.
 */
public final class FreeSurfaceCost implements SurfaceCost {

    private static final double LAPLACIAN = 5;
    private static final double FLATNESS = 5;
    private static final double MOVEMENT = 2.5;

    /** The mean over vertices of squared lengths is small beside the paper's sum. */
    private static final double MOVEMENT_SHARE = 0.02;

    private static final float SMALLEST_NORMAL = 1e-12f;

    private final float[] rest;
    private final float radius;
    private final Laplacian laplacian;
    private final int[] faces;
    private final int[] facePairs;
    private final float[] scratch;

    /**
     * @param template without seams
     * @param radius unit of lengths, metres
     */
    public FreeSurfaceCost(TemplateMesh template, float radius) {
        this.rest = template.positions().clone();
        this.radius = radius;
        this.faces = template.faces().clone();
        WeldedTopology topology = WeldedTopology.of(template);
        if (topology.weldedCount() != template.vertexCount()) {
            throw new IllegalArgumentException("the surface has seams");
        }
        this.laplacian = Laplacian.uniform(topology);
        this.facePairs = pairs(faces);
        this.scratch = new float[rest.length];
    }

    /** Faces that share an edge, two by two. */
    private static int[] pairs(int[] faces) {
        Map<Long, Integer> open = new HashMap<>();
        List<Integer> pairs = new ArrayList<>();
        for (int i = 0; i < faces.length; i++) {
            int a = faces[i];
            int b = faces[i % 3 == 2 ? i - 2 : i + 1];
            long edge = Math.min(a, b) * 1_000_000L + Math.max(a, b);
            Integer other = open.remove(edge);
            if (other == null) {
                open.put(edge, i / 3);
            } else {
                pairs.add(other);
                pairs.add(i / 3);
            }
        }
        return pairs.stream().mapToInt(p -> p).toArray();
    }

    @Override
    public double add(float[] vertices, float[] dest) {
        int count = rest.length / 3;
        double perLength = 1.0 / (radius * (double) radius * count);
        double cost = laplacian.energy(vertices, (float) (LAPLACIAN * perLength), dest, scratch);
        double movement = MOVEMENT * MOVEMENT_SHARE * perLength;
        for (int i = 0; i < rest.length; i++) {
            double offset = vertices[i] - rest[i];
            cost += movement * offset * offset;
            dest[i] += (float) (2 * movement * offset);
        }
        return cost + flatness(vertices, dest);
    }

    private double flatness(float[] vertices, float[] dest) {
        double weight = FLATNESS * 2 / facePairs.length;
        double[] first = new double[4];
        double[] second = new double[4];
        double cost = 0;
        for (int p = 0; p < facePairs.length; p += 2) {
            normal(vertices, facePairs[p], first);
            normal(vertices, facePairs[p + 1], second);
            double cosine = first[0] * second[0] + first[1] * second[1] + first[2] * second[2];
            cost += weight * (1 - cosine) * (1 - cosine);
            double slope = -2 * weight * (1 - cosine);
            backward(vertices, facePairs[p], first, second, cosine, slope, dest);
            backward(vertices, facePairs[p + 1], second, first, cosine, slope, dest);
        }
        return cost;
    }

    /** Unit normal, and the length of the cross product of two edges. */
    private void normal(float[] x, int face, double[] result) {
        int a = 3 * faces[3 * face];
        int b = 3 * faces[3 * face + 1];
        int c = 3 * faces[3 * face + 2];
        double ux = x[b] - x[a];
        double uy = x[b + 1] - x[a + 1];
        double uz = x[b + 2] - x[a + 2];
        double vx = x[c] - x[a];
        double vy = x[c + 1] - x[a + 1];
        double vz = x[c + 2] - x[a + 2];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        double length = Math.max(SMALLEST_NORMAL, Math.sqrt(nx * nx + ny * ny + nz * nz));
        result[0] = nx / length;
        result[1] = ny / length;
        result[2] = nz / length;
        result[3] = length;
    }

    /** From the cosine to the vertices of one of the two faces. */
    private void backward(
            float[] x,
            int face,
            double[] own,
            double[] other,
            double cosine,
            double slope,
            float[] dest) {
        double scale = slope / own[3];
        double gx = scale * (other[0] - cosine * own[0]);
        double gy = scale * (other[1] - cosine * own[1]);
        double gz = scale * (other[2] - cosine * own[2]);
        for (int corner = 0; corner < 3; corner++) {
            // The normal's derivative with regard to a corner is the cross product with the edge
            // opposite to it.
            int at = 3 * faces[3 * face + corner];
            int b = 3 * faces[3 * face + (corner + 1) % 3];
            int c = 3 * faces[3 * face + (corner + 2) % 3];
            double ex = x[c] - x[b];
            double ey = x[c + 1] - x[b + 1];
            double ez = x[c + 2] - x[b + 2];
            dest[at] += (float) (gy * ez - gz * ey);
            dest[at + 1] += (float) (gz * ex - gx * ez);
            dest[at + 2] += (float) (gx * ey - gy * ex);
        }
    }
}
