/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.stream.IntStream;
import org.inverso.api.category.TemplateMesh;

/**
 * Averages of what texels say, at the nodes of the surface graph. Sums go face by face and then
 * node by node in a fixed order, so that threads do not change the result.
 */
final class NodeAverages {

    /** Part of the texels about a node that must know something for full confidence. */
    private static final float ENOUGH = 0.25f;

    /** What one texel says. */
    interface Statement {
        /**
         * @param dest {@code float[3]}
         * @return how sure, 0 to 1; {@code dest} is only read when it is positive
         */
        float of(int texel, float[] dest);
    }

    private final float[] value;
    private final float[] confidence;

    NodeAverages(TemplateMesh template, BakingPlan plan, Statement statement) {
        AtlasLayout atlas = plan.atlas();
        int faces = template.faceCount();
        // Per corner: three sums, sum of weights, sum of weights if all were sure.
        float[] corners = new float[5 * 3 * faces];
        IntStream.range(0, faces).parallel().forEach(f -> sumFace(f, atlas, statement, corners));
        int nodes = plan.graph().nodeCount();
        value = new float[3 * nodes];
        confidence = new float[nodes];
        float[] known = new float[nodes];
        float[] possible = new float[nodes];
        int[] cornerNode = plan.graph().cornerNode();
        for (int c = 0; c < cornerNode.length; c++) {
            int n = cornerNode[c];
            value[3 * n] += corners[5 * c];
            value[3 * n + 1] += corners[5 * c + 1];
            value[3 * n + 2] += corners[5 * c + 2];
            known[n] += corners[5 * c + 3];
            possible[n] += corners[5 * c + 4];
        }
        for (int n = 0; n < nodes; n++) {
            if (known[n] > 0) {
                value[3 * n] /= known[n];
                value[3 * n + 1] /= known[n];
                value[3 * n + 2] /= known[n];
                confidence[n] = Math.min(1, known[n] / (ENOUGH * possible[n]));
            }
        }
    }

    private static void sumFace(int f, AtlasLayout atlas, Statement statement, float[] corners) {
        float[] said = new float[3];
        float[] share = new float[3];
        for (int i = atlas.faceStart()[f]; i < atlas.faceStart()[f + 1]; i++) {
            int t = atlas.texels()[i];
            share[1] = atlas.barycentric()[2 * t];
            share[2] = atlas.barycentric()[2 * t + 1];
            share[0] = 1 - share[1] - share[2];
            float sure = statement.of(t, said);
            for (int c = 0; c < 3; c++) {
                int o = 5 * (3 * f + c);
                // Squared shares keep what is known local to the nodes it is next to.
                float s = share[c] * share[c];
                corners[o + 4] += s;
                if (sure > 0) {
                    float w = s * sure;
                    corners[o] += w * said[0];
                    corners[o + 1] += w * said[1];
                    corners[o + 2] += w * said[2];
                    corners[o + 3] += w;
                }
            }
        }
    }

    /** {@code float[N*3]}, for {@link SurfaceGraph#spread}. */
    float[] value() {
        return value;
    }

    /** {@code float[N]}, for {@link SurfaceGraph#spread}. */
    float[] confidence() {
        return confidence;
    }
}
