/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.inverso.api.category.Material;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;

/**
 * What the surface looks like where neither photo nor mirror shows it: the predicted texture if
 * there is one, else one colour a material. A material that the photo shows nowhere keeps its
 * category's colour (rubber is dark, tail lamps are red); only paint and animals may be anything,
 * so that the prediction is believed there, and animals are shifted there as where they are seen.
 */
final class UnseenSurface {

    /** Kind of the materials whose colour says nothing about what they are. */
    private static final String FREE_KIND = "paint";

    /**
     * Kinds whose colour tells what they are: what one of them shows says nothing of the others.
     */
    private static final Set<String> FIXED_KINDS =
            Set.of("headlight", "taillight", "indicator", "lamp", "plate");

    private static final String GLASS = "glass";

    /** How much darker panes are that nobody saw: photos show the sky in the others. */
    private static final float PANE_DARKENING = 0.25f;

    /** Mean of the channels, sRGB-encoded, above which a hidden pane would not look like glass. */
    private static final float BRIGHTEST_PANE = 0.3f;

    /** Part of a material's texels that must be known for it to count as seen. */
    private static final float SEEN = 0.03f;

    /** Weight from which a texel has a say in its material's dominant colour. */
    private static final float SURE = 0.5f;

    /** Of the histogram, for each channel of a difference from -1 to 1. */
    private static final int BINS = 24;

    private static final int MEAN_SHIFT_STEPS = 4;
    private static final float MEAN_SHIFT_RADIUS = 0.12f;

    /**
     * Differences from the dominant colour, in brightness and in tint, at which evidence has lost
     * most of its weight, sRGB-encoded. Light changes brightness within one paint, so that it may
     * differ more.
     */
    private static final float ALIKE_BRIGHTNESS = 0.45f;

    private static final float ALIKE_TINT = 0.2f;

    private final TemplateMesh template;
    private final AtlasLayout atlas;
    private final Optional<Image> prediction;
    private final float[] colour;
    private final boolean[] seen;
    private final boolean[] predicted;
    private final float[] shift;
    private final float[] shown;

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
        shown = new float[materials];
        int[][] facesOf = facesByMaterial();
        // Materials write to their own places only.
        IntStream.range(0, materials).parallel().forEach(m -> examine(m, facesOf[m], known));
        if (template.skin().isPresent()) {
            shiftTheOthers();
        }
    }

    /**
     * A coat that is paler or redder than was predicted where the photo shows it is so elsewhere,
     * too: plumage and skin that no photo shows are shifted by the mean of those that it shows.
     */
    private void shiftTheOthers() {
        float[] sum = new float[3];
        float weight = 0;
        for (int m = 0; m < seen.length; m++) {
            if (seen[m]) {
                weight += shown[m];
                for (int c = 0; c < 3; c++) {
                    sum[c] += shown[m] * shift[3 * m + c];
                }
            }
        }
        for (int i = 0; i < shift.length && weight > 0; i++) {
            if (!seen[i / 3]) {
                shift[i] = sum[i % 3] / weight;
            }
        }
    }

    /** What bends is an animal, whose coat may have any colour anywhere. */
    private boolean isFree(Material material) {
        return template.skin().isPresent() || FREE_KIND.equals(material.kind());
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
        for (int f : faces) {
            for (int i = atlas.faceStart()[f]; i < atlas.faceStart()[f + 1]; i++) {
                all++;
                shown[m] += known.weight()[atlas.texels()[i]];
            }
        }
        seen[m] = all > 0 && shown[m] >= SEEN * all;
        boolean believed = seen[m] || isFree(material);
        // Panes are even: what a prediction shows in them is no more than reflections.
        predicted[m] = prediction.isPresent() && believed && !GLASS.equals(material.kind());
        if (seen[m] && !FIXED_KINDS.contains(material.kind())) {
            dominantShift(m, faces, known);
        }
    }

    /**
     * Dominant difference over the known texels between what is known and what {@link #at} says:
     * the fullest cell of a histogram over all three channels, then mean shift. Unlike a median of
     * each channel, it is a colour that is really there when a car has several.
     */
    private void dominantShift(int m, int[] faces, TexelLayer known) {
        int[] histogram = new int[BINS * BINS * BINS];
        float[] difference = new float[3];
        int best = -1;
        for (int f : faces) {
            for (int i = atlas.faceStart()[f]; i < atlas.faceStart()[f + 1]; i++) {
                int t = atlas.texels()[i];
                if (known.weight()[t] > SURE) {
                    difference(t, known, difference);
                    int cell =
                            (bin(difference[0]) * BINS + bin(difference[1])) * BINS
                                    + bin(difference[2]);
                    histogram[cell]++;
                    if (best < 0 || histogram[cell] > histogram[best]) {
                        best = cell;
                    }
                }
            }
        }
        if (best < 0) {
            seen[m] = false;
            return;
        }
        float[] centre = {
            middle(best / BINS / BINS), middle(best / BINS % BINS), middle(best % BINS)
        };
        for (int step = 0; step < MEAN_SHIFT_STEPS; step++) {
            shiftToMean(faces, known, centre);
        }
        System.arraycopy(centre, 0, shift, 3 * m, 3);
    }

    private void shiftToMean(int[] faces, TexelLayer known, float[] centre) {
        float[] difference = new float[3];
        double[] sum = new double[3];
        int count = 0;
        for (int f : faces) {
            for (int i = atlas.faceStart()[f]; i < atlas.faceStart()[f + 1]; i++) {
                int t = atlas.texels()[i];
                if (known.weight()[t] <= SURE) {
                    continue;
                }
                difference(t, known, difference);
                if (squaredDistance(difference, centre, 0)
                        < MEAN_SHIFT_RADIUS * MEAN_SHIFT_RADIUS) {
                    count++;
                    for (int c = 0; c < 3; c++) {
                        sum[c] += difference[c];
                    }
                }
            }
        }
        for (int c = 0; c < 3 && count > 0; c++) {
            centre[c] = (float) (sum[c] / count);
        }
    }

    private static int bin(float difference) {
        return Math.max(0, Math.min(BINS - 1, (int) ((difference + 1) / 2 * BINS)));
    }

    private static float middle(int bin) {
        return (bin + 0.5f) / BINS * 2 - 1;
    }

    private static float squaredDistance(float[] a, float[] b, int atB) {
        float sum = 0;
        for (int c = 0; c < 3; c++) {
            float d = a[c] - b[atB + c];
            sum += d * d;
        }
        return sum;
    }

    /**
     * What is known at a texel minus what {@link #at} says.
     *
     * @param dest {@code float[3]}
     */
    private void difference(int t, TexelLayer known, float[] dest) {
        at(t, dest);
        for (int c = 0; c < 3; c++) {
            dest[c] = known.rgb()[3 * t + c] - dest[c];
        }
    }

    /**
     * What a known texel says about hidden surface near it, for {@link NodeAverages}. A stripe, or
     * a window beside its place, ends where it was last seen: only what is close to the material's
     * dominant colour is carried on.
     */
    float evidence(int t, TexelLayer known, float[] dest) {
        int m = template.faceMaterial()[atlas.face()[t]];
        float weight = known.weight()[t];
        if (!seen[m] || weight == 0) {
            return 0;
        }
        difference(t, known, dest);
        float brightness = 0;
        for (int c = 0; c < 3; c++) {
            brightness += (dest[c] - shift[3 * m + c]) / 3;
        }
        float all = squaredDistance(dest, shift, 3 * m);
        float tint = Math.max(0, all - 3 * brightness * brightness);
        float far =
                brightness * brightness / (ALIKE_BRIGHTNESS * ALIKE_BRIGHTNESS)
                        + tint / (ALIKE_TINT * ALIKE_TINT);
        return weight * (float) Math.exp(-far);
    }

    /** {@code float[M*3]}, by how much hidden texels of each material differ from {@link #at}. */
    float[] shift() {
        float[] result = shift.clone();
        for (int m = 0; m < seen.length; m++) {
            if (seen[m] && GLASS.equals(template.materials().get(m).kind())) {
                darken(m, result);
            }
        }
        return result;
    }

    private void darken(int m, float[] result) {
        float brightness = 0;
        for (int c = 3 * m; c < 3 * m + 3; c++) {
            brightness += (colour[c] + shift[c]) / 3;
        }
        float factor =
                Math.min(1 - PANE_DARKENING, BRIGHTEST_PANE / Math.max(brightness, BRIGHTEST_PANE));
        for (int c = 3 * m; c < 3 * m + 3; c++) {
            result[c] = factor * (colour[c] + shift[c]) - colour[c];
        }
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
