/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.Optional;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;

/**
 * Copies the best seen wheel to those that are hidden or seen too obliquely. A wheel is shown whole
 * or not at all: two wheels seldom stand at the same angle, so mixing two pictures would double the
 * spokes.
 */
final class WheelTransfer {

    /** A wheel keeps its own picture when it is at least this good compared with the best. */
    private static final float KEEP = 0.8f;

    /** Mean weight of the texels below which there is nothing worth copying. */
    private static final float USEFUL = 0.02f;

    private final TemplateMesh template;
    private final BakingPlan plan;

    WheelTransfer(TemplateMesh template, BakingPlan plan) {
        this.template = template;
        this.plan = plan;
    }

    /** Overwrites the texels of the wheels that take another one's picture. */
    void apply(TexelLayer layer) {
        int[] wheels = plan.wheels().wheels();
        float[] quality = new float[wheels.length];
        for (int i = 0; i < wheels.length; i++) {
            quality[i] = quality(template.parts().get(wheels[i]), layer);
        }
        for (int to = 0; to < wheels.length; to++) {
            int best = to;
            for (int from = 0; from < wheels.length; from++) {
                if (quality[from] > quality[best] && plan.wheels().twin(to, from).isPresent()) {
                    best = from;
                }
            }
            // Never from a wheel that is itself going to be overwritten.
            if (best != to && quality[best] >= USEFUL && quality[to] < KEEP * quality[best]) {
                Optional<int[]> twin = plan.wheels().twin(to, best);
                copy(template.parts().get(wheels[to]), twin.orElseThrow(), layer);
            }
        }
    }

    private float quality(Part wheel, TexelLayer layer) {
        AtlasLayout atlas = plan.atlas();
        int from = atlas.faceStart()[wheel.firstFace()];
        int to = atlas.faceStart()[wheel.firstFace() + wheel.faceCount()];
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += layer.weight()[atlas.texels()[i]];
        }
        return to > from ? (float) (sum / (to - from)) : 0;
    }

    private void copy(Part wheel, int[] twin, TexelLayer layer) {
        AtlasLayout atlas = plan.atlas();
        float[] uvs = template.uvs();
        for (int f = 0; f < wheel.faceCount(); f++) {
            int face = wheel.firstFace() + f;
            int a = 2 * twin[3 * f];
            int b = 2 * twin[3 * f + 1];
            int c = 2 * twin[3 * f + 2];
            for (int i = atlas.faceStart()[face]; i < atlas.faceStart()[face + 1]; i++) {
                int t = atlas.texels()[i];
                float wb = atlas.barycentric()[2 * t];
                float wc = atlas.barycentric()[2 * t + 1];
                float wa = 1 - wb - wc;
                float u = wa * uvs[a] + wb * uvs[b] + wc * uvs[c];
                float v = wa * uvs[a + 1] + wb * uvs[b + 1] + wc * uvs[c + 1];
                layer.weight()[t] = layer.sample(u, v, layer.rgb(), 3 * t);
            }
        }
    }
}
