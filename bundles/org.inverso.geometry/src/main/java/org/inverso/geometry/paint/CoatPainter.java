/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.paint;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.inverso.api.category.Coat;
import org.inverso.api.category.Material;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.WeldedTopology;

/**
 * Paints albedo textures of animals: one of the category's coats, its colours a little off, running
 * into one another where materials meet, with its markings, and grain in the hair. Everything lives
 * in object space at rest, so that it runs across charts without a seam.
 */
public final class CoatPainter implements TexturePainter {

    /** Kinds of materials that end sharply; hair and feathers run into one another. */
    private static final Set<String> SHARP_KINDS =
            Set.of("eye", "beak", "comb", "wattle", "horn", "hoof", "claw", "leg", "mouth");

    /** Steps of diffusion over the mesh that blur the borders of materials. */
    private static final int BLUR_STEPS = 3;

    private static final double SHARE_OF_BLENDS = 0.15;
    private static final float DARKEST = 0.004f;
    private static final float BRIGHTEST = 0.95f;

    private final TemplateMesh template;
    private final List<Coat> coats;
    private final TexelMap texels;
    private final WeldedTopology topology;
    private final boolean[] soft;

    /** {@code float[W*M]}, share of each material at a place, sharp borders blurred. */
    private final float[] blurred;

    private final float length;

    /**
     * @param coats weights add up to 1
     * @param size side of the textures
     */
    public CoatPainter(TemplateMesh template, List<Coat> coats, int size) {
        if (coats.isEmpty()) {
            throw new IllegalArgumentException("there is no coat to paint");
        }
        this.template = template;
        this.coats = List.copyOf(coats);
        this.texels = new TexelMap(template, size);
        this.topology = WeldedTopology.of(template);
        List<Material> materials = template.materials();
        soft = new boolean[materials.size()];
        for (int m = 0; m < soft.length; m++) {
            soft[m] = !SHARP_KINDS.contains(materials.get(m).kind());
        }
        blurred = blur();
        Marking.Extent all = extent(m -> true);
        length = Math.max(all.size(0), Math.max(all.size(1), all.size(2)));
    }

    private float[] blur() {
        int materials = soft.length;
        float[] share = new float[materials * topology.weldedCount()];
        int[] faces = template.faces();
        for (int i = 0; i < faces.length; i++) {
            int m = template.faceMaterial()[i / 3];
            if (soft[m]) {
                share[materials * topology.weldedIndex(faces[i]) + m]++;
            }
        }
        normalise(share);
        float[] next = new float[share.length];
        for (int step = 0; step < BLUR_STEPS; step++) {
            System.arraycopy(share, 0, next, 0, share.length);
            for (int i = 0; i < faces.length; i++) {
                int to = materials * topology.weldedIndex(faces[i]);
                int from = materials * topology.weldedIndex(faces[i % 3 == 2 ? i - 2 : i + 1]);
                for (int m = 0; m < materials; m++) {
                    next[to + m] += share[from + m] / 4;
                    next[from + m] += share[to + m] / 4;
                }
            }
            normalise(next);
            float[] swap = share;
            share = next;
            next = swap;
        }
        return share;
    }

    private void normalise(float[] share) {
        for (int w = 0; w < topology.weldedCount(); w++) {
            float sum = 0;
            for (int m = 0; m < soft.length; m++) {
                sum += share[w * soft.length + m];
            }
            for (int m = 0; m < soft.length && sum > 0; m++) {
                share[w * soft.length + m] /= sum;
            }
        }
    }

    private interface MaterialFilter {
        boolean takes(int material);
    }

    private Marking.Extent extent(MaterialFilter filter) {
        float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int i = 0; i < template.faces().length; i++) {
            if (filter.takes(template.faceMaterial()[i / 3])) {
                for (int c = 0; c < 3; c++) {
                    float x = template.positions()[3 * template.faces()[i] + c];
                    low[c] = Math.min(low[c], x);
                    high[c] = Math.max(high[c], x);
                }
            }
        }
        return new Marking.Extent(low, high);
    }

    private record Layer(boolean[] painted, float[] color, Marking marking) {}

    @Override
    public float[] paint(List<String> names, SplittableRandom random) {
        List<Coat> suitable = suitable(names);
        Coat coat = draw(suitable, random);
        float[][] colors = colors(coat, random);
        if (random.nextDouble() < SHARE_OF_BLENDS) {
            float[][] others = colors(draw(suitable, random), random);
            float share = (float) random.nextDouble(0.5);
            for (int m = 0; m < colors.length; m++) {
                for (int c = 0; c < 3; c++) {
                    colors[m][c] += share * (others[m][c] - colors[m][c]);
                }
            }
        }
        Layer[] layers = coat.patterns().stream().map(p -> layer(p, random)).toArray(Layer[]::new);
        float softness = (float) random.nextDouble(0.3, 1);
        Noise tone = new Noise(random);
        Noise grain = new Noise(random);
        float toneDepth = (float) random.nextDouble(0.05, 0.25);
        float grainDepth = (float) random.nextDouble(0.02, 0.15);
        float toneCell = length * (float) random.nextDouble(0.1, 0.3);
        float grainCell = length * (float) random.nextDouble(0.005, 0.015);
        int size = texels.size();
        float[] texture = new float[3 * size * size];
        float[] color = new float[3];
        for (int t = 0; t < size * size; t++) {
            if (!texels.covered(t)) {
                continue;
            }
            float x = texels.rest()[3 * t];
            float y = texels.rest()[3 * t + 1];
            float z = texels.rest()[3 * t + 2];
            base(t, colors, softness, color);
            int material = template.faceMaterial()[texels.face()[t]];
            for (Layer layer : layers) {
                if (layer.painted[material]) {
                    float cover = layer.marking.cover(x, y, z);
                    for (int c = 0; c < 3; c++) {
                        color[c] += cover * (layer.color[c] - color[c]);
                    }
                }
            }
            float gain =
                    soft[material]
                            ? 1
                                    + toneDepth
                                            * tone.fractal(x / toneCell, y / toneCell, z / toneCell)
                                    + grainDepth
                                            * grain.fractal(
                                                    x / grainCell,
                                                    y / (3 * grainCell),
                                                    z / (2 * grainCell))
                            : 1;
            for (int c = 0; c < 3; c++) {
                texture[3 * t + c] = Math.max(DARKEST, Math.min(BRIGHTEST, gain * color[c]));
            }
        }
        return texture;
    }

    private List<Coat> suitable(List<String> names) {
        List<Coat> named = coats.stream().filter(c -> names.contains(c.name())).toList();
        return named.isEmpty() ? coats : named;
    }

    /** One of them, as often as they weigh in comparison. */
    private static Coat draw(List<Coat> among, SplittableRandom random) {
        double sum = among.stream().mapToDouble(Coat::weight).sum();
        if (!(sum > 0)) {
            return among.get(random.nextInt(among.size()));
        }
        double at = random.nextDouble() * sum;
        int chosen = 0;
        while (chosen < among.size() - 1 && at >= among.get(chosen).weight()) {
            at -= among.get(chosen).weight();
            chosen++;
        }
        return among.get(chosen);
    }

    /** No two animals have quite the same colours, and no two cameras show the same. */
    private float[][] colors(Coat coat, SplittableRandom random) {
        List<Material> materials = template.materials();
        float[][] colors = new float[materials.size()][];
        double[] tint = new double[3];
        double brightness = 0.2 * random.nextGaussian();
        for (int c = 0; c < 3; c++) {
            tint[c] = brightness + 0.03 * random.nextGaussian();
        }
        for (int m = 0; m < colors.length; m++) {
            Material material = materials.get(m);
            float[] from =
                    coat.colors()
                            .getOrDefault(material.name(), Arrays.copyOf(material.baseColor(), 3));
            double own = 0.1 * random.nextGaussian();
            colors[m] = new float[3];
            float largest = BRIGHTEST;
            for (int c = 0; c < 3; c++) {
                colors[m][c] = (float) (from[c] * Math.exp(tint[c] + own));
                largest = Math.max(largest, colors[m][c]);
            }
            // Cut off channel by channel, white would get a hue.
            for (int c = 0; c < 3; c++) {
                colors[m][c] *= BRIGHTEST / largest;
            }
        }
        return colors;
    }

    private Layer layer(Coat.Pattern pattern, SplittableRandom random) {
        boolean[] painted = new boolean[soft.length];
        for (int m = 0; m < painted.length; m++) {
            painted[m] =
                    pattern.materials().isEmpty()
                            ? soft[m]
                            : pattern.materials().contains(template.materials().get(m).name());
        }
        Marking marking =
                Marking.of(
                        pattern,
                        extent(m -> painted[m]),
                        length,
                        template.mirrorVertex().length > 0,
                        random);
        float gain = (float) Math.exp(0.15 * random.nextGaussian());
        float[] color = pattern.color().clone();
        for (int c = 0; c < 3; c++) {
            color[c] *= gain;
        }
        return new Layer(painted, color, marking);
    }

    /** The material's colour, mixed with those around it where its kind is soft. */
    private void base(int t, float[][] colors, float softness, float[] dest) {
        int f = texels.face()[t];
        int own = template.faceMaterial()[f];
        System.arraycopy(colors[own], 0, dest, 0, 3);
        if (!soft[own]) {
            return;
        }
        float wb = texels.barycentric()[2 * t];
        float wc = texels.barycentric()[2 * t + 1];
        int a = soft.length * topology.weldedIndex(template.faces()[3 * f]);
        int b = soft.length * topology.weldedIndex(template.faces()[3 * f + 1]);
        int c = soft.length * topology.weldedIndex(template.faces()[3 * f + 2]);
        for (int m = 0; m < soft.length; m++) {
            float share =
                    (1 - wb - wc) * blurred[a + m] + wb * blurred[b + m] + wc * blurred[c + m];
            if (m != own && share > 0) {
                for (int i = 0; i < 3; i++) {
                    dest[i] += softness * share * (colors[m][i] - colors[own][i]);
                }
            }
        }
    }

    @Override
    public TexelMap texels() {
        return texels;
    }
}
