/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.Optional;
import java.util.stream.IntStream;
import org.inverso.api.category.Material;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;

/**
 * What the surface looks like where neither photo nor mirror shows it: the predicted texture if
 * there is one, else one colour a material. A material that the photo shows nowhere keeps its
 * category's colour (rubber is dark, tail lamps are red); only paint may be anything, so that the
 * prediction is believed there.
 */
final class UnseenSurface {

    /** Kind of the materials whose colour says nothing about what they are. */
    private static final String FREE_KIND = "paint";

    private static final String GLASS = "glass";

    /** How much darker panes are that nobody saw: photos show the sky in the others. */
    private static final float PANE_DARKENING = 0.25f;

    /** Part of a material's texels that must be known for it to count as seen. */
    private static final float SEEN = 0.03f;

    /** Weight from which a texel has a say in its material's median. */
    private static final float SURE = 0.5f;

    private static final int BINS = 512;

    private final TemplateMesh template;
    private final AtlasLayout atlas;
    private final Optional<Image> prediction;
    private final float[] colour;
    private final boolean[] seen;
    private final boolean[] predicted;
    private final float[] shift;

    /**
     * @param known what photo and mirror show
     */
    UnseenSurface(
            TemplateMesh template,
            AtlasLayout atlas,
            Optional<Image> prediction,
            TexelLayer known) {
        this.template = template;
        this.atlas = atlas;
        this.prediction = prediction;
        int materials = template.materials().size();
        colour = new float[3 * materials];
        seen = new boolean[materials];
        predicted = new boolean[materials];
        shift = new float[3 * materials];
        int[][] facesOf = facesByMaterial();
        // Materials write to their own places only.
        IntStream.range(0, materials).parallel().forEach(m -> examine(m, facesOf[m], known));
    }

    private int[][] facesByMaterial() {
        int[] faceMaterial = template.faceMaterial();
        return IntStream.range(0, template.materials().size())
                .mapToObj(
                        m ->
                                IntStream.range(0, faceMaterial.length)
                                        .filter(f -> faceMaterial[f] == m)
                                        .toArray())
                .toArray(int[][]::new);
    }

    private void examine(int m, int[] faces, TexelLayer known) {
        Material material = template.materials().get(m);
        for (int c = 0; c < 3; c++) {
            colour[3 * m + c] = SrgbCurve.encoded(material.baseColor()[c]);
        }
        int all = 0;
        double shown = 0;
        for (int f : faces) {
            for (int i = atlas.faceStart()[f]; i < atlas.faceStart()[f + 1]; i++) {
                all++;
                shown += known.weight()[atlas.texels()[i]];
            }
        }
        seen[m] = all > 0 && shown >= SEEN * all;
        predicted[m] = prediction.isPresent() && (seen[m] || FREE_KIND.equals(material.kind()));
        if (seen[m]) {
            medianShift(m, faces, known);
        }
    }

    /** Median over the known texels of what the photo shows minus what {@link #at} says. */
    private void medianShift(int m, int[] faces, TexelLayer known) {
        int[] histogram = new int[3 * BINS];
        float[] base = new float[3];
        double[] mean = new double[3];
        int count = 0;
        for (int f : faces) {
            for (int i = atlas.faceStart()[f]; i < atlas.faceStart()[f + 1]; i++) {
                int t = atlas.texels()[i];
                if (known.weight()[t] <= SURE) {
                    continue;
                }
                at(t, base);
                count++;
                for (int c = 0; c < 3; c++) {
                    float difference = known.rgb()[3 * t + c] - base[c];
                    int bin = (int) ((difference + 1) / 2 * BINS);
                    histogram[c * BINS + Math.max(0, Math.min(BINS - 1, bin))]++;
                    mean[c] += base[c];
                }
            }
        }
        if (count == 0) {
            seen[m] = false;
            return;
        }
        boolean glass = GLASS.equals(template.materials().get(m).kind());
        for (int c = 0; c < 3; c++) {
            int below = 0;
            int bin = 0;
            while (2 * (below + histogram[c * BINS + bin]) < count) {
                below += histogram[c * BINS + bin++];
            }
            float median = (bin + 0.5f) / BINS * 2 - 1;
            float darker = glass ? PANE_DARKENING * ((float) (mean[c] / count) + median) : 0;
            shift[3 * m + c] = median - darker;
        }
    }

    boolean seen(int material) {
        return seen[material];
    }

    /**
     * {@code float[M*3]}, by how much the known texels of each material differ from {@link #at}.
     */
    float[] shift() {
        return shift;
    }

    /**
     * @param dest {@code float[3]}, sRGB-encoded
     */
    void at(int texel, float[] dest) {
        int m = template.faceMaterial()[atlas.face()[texel]];
        if (predicted[m]) {
            sample(prediction.orElseThrow(), texel, dest);
        } else {
            System.arraycopy(colour, 3 * m, dest, 0, 3);
        }
    }

    private void sample(Image image, int texel, float[] dest) {
        float fx = (texel % atlas.size() + 0.5f) / atlas.size() * image.width() - 0.5f;
        float fy = (texel / atlas.size() + 0.5f) / atlas.size() * image.height() - 0.5f;
        int x = (int) Math.floor(fx);
        int y = (int) Math.floor(fy);
        int x0 = Math.max(0, x);
        int y0 = Math.max(0, y);
        int x1 = Math.min(image.width() - 1, x + 1);
        int y1 = Math.min(image.height() - 1, y + 1);
        float ax = fx - x;
        float ay = fy - y;
        for (int c = 0; c < 3; c++) {
            float upper = (1 - ax) * image.get(x0, y0, c) + ax * image.get(x1, y0, c);
            float lower = (1 - ax) * image.get(x0, y1, c) + ax * image.get(x1, y1, c);
            dest[c] = ((1 - ay) * upper + ay * lower) / 255;
        }
    }
}
