/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.Arrays;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.WeldedTopology;

/**
 * The template's surface as a graph, over which colour differences spread smoothly. Vertices at one
 * place are one node, whatever charts of the atlas they are in, so that what is spread has no seams
 * at chart borders; surfaces of different materials are not connected.
 *
 * <p>{@link #spread} solves the screened membrane equation (Poisson image editing, Perez et al.
 * 2003, with a pull towards a target): {@code sum_j (d_i - d_j) + lambda_i (d_i - target) + k_i
 * (d_i - known_i) = 0} with {@code lambda_i = (h_i / length)^2} for mean edge length {@code h_i},
 * so that known values fade into the target over {@code length} metres.
 */
final class SurfaceGraph {

    private static final int SWEEPS = 60;
    private static final double OVERRELAXATION = 1.5;

    /** How strongly a fully confident known value holds. */
    private static final float HOLD = 8;

    /**
     * Part of it that is left where materials meet: pixels there mix the colours of both, which is
     * not to spread.
     */
    private static final float HOLD_AT_BORDER = 0.02f;

    private final int[] cornerNode;
    private final int[] nodeMaterial;
    private final int[] start;
    private final int[] neighbour;
    private final float[] squaredEdge;
    private final float[] hold;

    SurfaceGraph(TemplateMesh template, WeldedTopology topology) {
        int[] faces = template.faces();
        int materialCount = template.materials().size();
        cornerNode = new int[faces.length];
        int[] nodeOf = new int[topology.weldedCount() * materialCount];
        Arrays.fill(nodeOf, -1);
        int[] materials = new int[faces.length];
        int nodes = 0;
        for (int c = 0; c < faces.length; c++) {
            int material = template.faceMaterial()[c / 3];
            int key = topology.weldedIndex(faces[c]) * materialCount + material;
            if (nodeOf[key] < 0) {
                materials[nodes] = material;
                nodeOf[key] = nodes++;
            }
            cornerNode[c] = nodeOf[key];
        }
        nodeMaterial = Arrays.copyOf(materials, nodes);
        hold = holds(nodeOf, nodes, materialCount);
        long[] edges = new long[2 * faces.length];
        for (int c = 0; c < faces.length; c++) {
            long a = cornerNode[c];
            long b = cornerNode[c % 3 == 2 ? c - 2 : c + 1];
            edges[2 * c] = a << 32 | b;
            edges[2 * c + 1] = b << 32 | a;
        }
        edges = Arrays.stream(edges).filter(e -> e >>> 32 != (e & 0xffffffffL)).toArray();
        Arrays.sort(edges);
        edges = Arrays.stream(edges).distinct().toArray();
        start = new int[nodes + 1];
        neighbour = new int[edges.length];
        float[] p = template.positions();
        float[] nodePosition = new float[3 * nodes];
        for (int c = 0; c < faces.length; c++) {
            System.arraycopy(p, 3 * faces[c], nodePosition, 3 * cornerNode[c], 3);
        }
        squaredEdge = new float[nodes];
        for (int e = 0; e < edges.length; e++) {
            int a = (int) (edges[e] >>> 32);
            int b = (int) edges[e];
            neighbour[e] = b;
            start[a + 1]++;
            float dx = nodePosition[3 * a] - nodePosition[3 * b];
            float dy = nodePosition[3 * a + 1] - nodePosition[3 * b + 1];
            float dz = nodePosition[3 * a + 2] - nodePosition[3 * b + 2];
            squaredEdge[a] += dx * dx + dy * dy + dz * dz;
        }
        for (int n = 0; n < nodes; n++) {
            if (start[n + 1] > 0) {
                squaredEdge[n] /= start[n + 1];
            }
            start[n + 1] += start[n];
        }
    }

    private static float[] holds(int[] nodeOf, int nodes, int materialCount) {
        float[] hold = new float[nodes];
        for (int first = 0; first < nodeOf.length; first += materialCount) {
            int met = 0;
            for (int key = first; key < first + materialCount; key++) {
                met += nodeOf[key] >= 0 ? 1 : 0;
            }
            for (int key = first; key < first + materialCount; key++) {
                if (nodeOf[key] >= 0) {
                    hold[nodeOf[key]] = met > 1 ? HOLD * HOLD_AT_BORDER : HOLD;
                }
            }
        }
        return hold;
    }

    int nodeCount() {
        return nodeMaterial.length;
    }

    /** {@code int[F*3]}, the node of each corner of each face. */
    int[] cornerNode() {
        return cornerNode;
    }

    /**
     * @param known {@code float[N*3]}, read where confidence is positive, and overwritten with the
     *     solution
     * @param confidence {@code float[N]}, 0 to 1
     * @param target {@code float[M*3]}, a value for each material
     * @param length over which known values fade into the target, metres
     */
    void spread(float[] known, float[] confidence, float[] target, float length) {
        int n = nodeCount();
        float[] d = new float[3 * n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 3; c++) {
                float t = target[3 * nodeMaterial[i] + c];
                float sure = confidence[i] * hold[i] / HOLD;
                d[3 * i + c] = t + sure * (known[3 * i + c] - t);
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            // Back and forth, so that values travel equally fast both ways.
            boolean forth = sweep % 2 == 0;
            for (int step = 0; step < n; step++) {
                relax(forth ? step : n - 1 - step, d, known, confidence, target, length);
            }
        }
        System.arraycopy(d, 0, known, 0, d.length);
    }

    private void relax(
            int i, float[] d, float[] known, float[] confidence, float[] target, float length) {
        float lambda = squaredEdge[i] / (length * length);
        float held = hold[i] * confidence[i];
        int material = 3 * nodeMaterial[i];
        float r = lambda * target[material] + held * known[3 * i];
        float g = lambda * target[material + 1] + held * known[3 * i + 1];
        float b = lambda * target[material + 2] + held * known[3 * i + 2];
        for (int e = start[i]; e < start[i + 1]; e++) {
            int j = 3 * neighbour[e];
            r += d[j];
            g += d[j + 1];
            b += d[j + 2];
        }
        float diagonal = lambda + held + (start[i + 1] - start[i]);
        if (diagonal > 0) {
            d[3 * i] += OVERRELAXATION * (r / diagonal - d[3 * i]);
            d[3 * i + 1] += OVERRELAXATION * (g / diagonal - d[3 * i + 1]);
            d[3 * i + 2] += OVERRELAXATION * (b / diagonal - d[3 * i + 2]);
        }
    }
}
