/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.Optional;
import java.util.stream.IntStream;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;

/**
 * Makes a whole texture of the part that the photo shows. Three layers, each softly over the next:
 * the photo; its mirror image on the other side of the object; and {@link UnseenSurface}. Before a
 * layer is laid under what is known, it is shifted by a smooth field that makes it meet the known
 * colours along their border ({@link SurfaceGraph#spread}), so that no seam shows.
 */
final class TextureBaker {

    /** Weight from which a known texel hides what is below it. */
    private static final float OPAQUE = 0.35f;

    /** Over which part of the object's diagonal a layer fades from the border's to its own tone. */
    private static final float MIRROR_REACH = 0.08f;

    private static final float FILL_REACH = 0.12f;

    private final TemplateMesh template;
    private final BakingPlan plan;
    private final AtlasLayout atlas;
    private final float diagonal;
    private final boolean[] wheelFace;

    /**
     * @param diagonal of the object's bounding box, metres
     */
    TextureBaker(TemplateMesh template, BakingPlan plan, float diagonal) {
        this.template = template;
        this.plan = plan;
        this.atlas = plan.atlas();
        this.diagonal = diagonal;
        wheelFace = new boolean[template.faceCount()];
        for (int f = 0; f < wheelFace.length; f++) {
            wheelFace[f] =
                    WheelTwins.ROLE.equals(template.parts().get(template.facePart()[f]).role());
        }
    }

    /**
     * @param observed what the photo shows; overwritten
     * @param prediction of the whole texture, low resolution
     * @return opaque, every texel coloured
     */
    Image bake(TexelLayer observed, Optional<Image> prediction) {
        new WheelTransfer(template, plan).apply(observed);
        TexelLayer known =
                template.mirrorVertex().length > 0 ? withMirror(observed) : opaque(observed);
        return fill(known, prediction);
    }

    private TexelLayer opaque(TexelLayer observed) {
        rows(t -> observed.weight()[t] = Ramp.smooth(observed.weight()[t] / OPAQUE));
        return observed;
    }

    private interface TexelTask {
        void run(int texel);
    }

    /** Every covered texel once, rows in parallel; a task writes to its own texel only. */
    private void rows(TexelTask task) {
        int size = atlas.size();
        IntStream.range(0, size)
                .parallel()
                .forEach(
                        y -> {
                            for (int t = y * size; t < (y + 1) * size; t++) {
                                if (atlas.face()[t] >= 0) {
                                    task.run(t);
                                }
                            }
                        });
    }

    private TexelLayer withMirror(TexelLayer observed) {
        TexelLayer mirrored = TexelLayer.empty(atlas.size());
        rows(t -> mirror(t, observed, mirrored));
        NodeAverages step =
                new NodeAverages(
                        template, plan, (t, dest) -> difference(t, observed, mirrored, dest));
        float[] shift = step.value();
        plan.graph()
                .spread(
                        shift,
                        step.confidence(),
                        new float[3 * template.materials().size()],
                        MIRROR_REACH * diagonal);
        TexelLayer known = TexelLayer.empty(atlas.size());
        rows(t -> compose(t, observed, mirrored, shift, known));
        return known;
    }

    private void mirror(int t, TexelLayer observed, TexelLayer mirrored) {
        int f = atlas.face()[t];
        if (wheelFace[f]) {
            return;
        }
        int[] twin = template.mirrorVertex();
        float[] uvs = template.uvs();
        int a = 2 * twin[template.faces()[3 * f]];
        int b = 2 * twin[template.faces()[3 * f + 1]];
        int c = 2 * twin[template.faces()[3 * f + 2]];
        float wb = atlas.barycentric()[2 * t];
        float wc = atlas.barycentric()[2 * t + 1];
        float wa = 1 - wb - wc;
        float u = wa * uvs[a] + wb * uvs[b] + wc * uvs[c];
        float v = wa * uvs[a + 1] + wb * uvs[b + 1] + wc * uvs[c + 1];
        mirrored.weight()[t] = observed.sample(u, v, mirrored.rgb(), 3 * t);
    }

    private static float difference(int t, TexelLayer observed, TexelLayer mirrored, float[] dest) {
        for (int c = 0; c < 3; c++) {
            dest[c] = observed.rgb()[3 * t + c] - mirrored.rgb()[3 * t + c];
        }
        return observed.weight()[t] * mirrored.weight()[t];
    }

    private void compose(
            int t, TexelLayer observed, TexelLayer mirrored, float[] shift, TexelLayer known) {
        float over = Ramp.smooth(observed.weight()[t] / OPAQUE);
        float under = (1 - over) * Ramp.smooth(mirrored.weight()[t] / OPAQUE);
        float sum = over + under;
        known.weight()[t] = sum;
        if (sum == 0) {
            return;
        }
        if (under > 0) {
            shift(shift, t, mirrored.rgb(), 3 * t);
        }
        for (int c = 3 * t; c < 3 * t + 3; c++) {
            known.rgb()[c] = (over * observed.rgb()[c] + under * mirrored.rgb()[c]) / sum;
        }
    }

    private Image fill(TexelLayer known, Optional<Image> prediction) {
        UnseenSurface unseen = new UnseenSurface(template, atlas, prediction, known);
        NodeAverages step =
                new NodeAverages(template, plan, (t, dest) -> unseen.evidence(t, known, dest));
        float[] shift = step.value();
        plan.graph().spread(shift, step.confidence(), unseen.shift(), FILL_REACH * diagonal);
        int size = atlas.size();
        byte[] rgba = new byte[4 * size * size];
        IntStream.range(0, size)
                .parallel()
                .forEach(
                        y -> {
                            float[] base = new float[3];
                            for (int t = y * size; t < (y + 1) * size; t++) {
                                if (atlas.face()[t] < 0) {
                                    continue;
                                }
                                if (known.weight()[t] < 1) {
                                    unseen.at(t, base);
                                    shift(shift, t, base, 0);
                                }
                                put(t, known, base, rgba);
                            }
                        });
        dilate(rgba);
        return new Image(size, size, rgba);
    }

    private static void put(int t, TexelLayer known, float[] base, byte[] rgba) {
        float over = known.weight()[t];
        for (int c = 0; c < 3; c++) {
            float value = over * known.rgb()[3 * t + c] + (1 - over) * base[c];
            rgba[4 * t + c] = (byte) (int) (255 * value + 0.5f);
        }
        rgba[4 * t + 3] = (byte) 255;
    }

    /** Adds node values, interpolated, to a colour and clamps it. */
    private void shift(float[] nodeValues, int t, float[] colour, int at) {
        int corner = 3 * atlas.face()[t];
        int[] node = plan.graph().cornerNode();
        int a = 3 * node[corner];
        int b = 3 * node[corner + 1];
        int c = 3 * node[corner + 2];
        float wb = atlas.barycentric()[2 * t];
        float wc = atlas.barycentric()[2 * t + 1];
        float wa = 1 - wb - wc;
        for (int i = 0; i < 3; i++) {
            float value =
                    colour[at + i]
                            + wa * nodeValues[a + i]
                            + wb * nodeValues[b + i]
                            + wc * nodeValues[c + i];
            colour[at + i] = Math.max(0, Math.min(1, value));
        }
    }

    /** Without it, filtering and mip levels would mix the gaps between charts into their edges. */
    private void dilate(byte[] rgba) {
        int[] source = atlas.source();
        for (int t = 0; t < source.length; t++) {
            if (source[t] != t) {
                System.arraycopy(rgba, 4 * source[t], rgba, 4 * t, 4);
            }
        }
    }
}
