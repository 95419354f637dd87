/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Coat;
import org.inverso.api.category.Material;

/**
 * What the objects of a sheet wear: coats and colours of their category, each in proportion to its
 * weight, so that a small sheet shows the whole range.
 */
final class Wardrobe {

    private final List<Material> materials;
    private final List<Coat> coats;
    private final int[] coatOf;
    private final Map<String, Map<String, float[]>> colors;
    private final List<int[]> colorOf = new ArrayList<>();

    /**
     * @param count objects that want to be dressed
     */
    Wardrobe(CategoryModel category, int count, SplittableRandom random) {
        materials = category.template().materials();
        coats = category.coats();
        coatOf = dealt(coats.stream().mapToDouble(Coat::weight).toArray(), count, random);
        colors = category.colors();
        for (Map<String, float[]> named : colors.values()) {
            double[] weights = new double[named.size()];
            Arrays.fill(weights, 1);
            colorOf.add(dealt(weights, count, random));
        }
    }

    /**
     * Systematic sampling: points at equal distances on the line of all weights, shuffled.
     *
     * @return indices of weights, {@code int[count]}; empty without weights
     */
    static int[] dealt(double[] weights, int count, SplittableRandom random) {
        double sum = Arrays.stream(weights).sum();
        if (weights.length == 0 || !(sum > 0)) {
            return new int[0];
        }
        int[] dealt = new int[count];
        double offset = random.nextDouble();
        int index = 0;
        double below = weights[0];
        for (int i = 0; i < count; i++) {
            double at = (i + offset) / count * sum;
            while (at >= below && index < weights.length - 1) {
                below += weights[++index];
            }
            dealt[i] = index;
        }
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = dealt[i];
            dealt[i] = dealt[other];
            dealt[other] = kept;
        }
        return dealt;
    }

    /** Materials of one object, in the order of the template's. */
    List<Asset.Material> of(int object) {
        List<Asset.Material> dressed = new ArrayList<>();
        for (Material material : materials) {
            float[] rgba = material.baseColor().clone();
            float[] color = color(material.name(), object);
            if (color != null) {
                System.arraycopy(color, 0, rgba, 0, 3);
            }
            dressed.add(
                    new Asset.Material(
                            material.name(),
                            rgba,
                            -1,
                            material.metallic(),
                            material.roughness(),
                            new float[3],
                            1,
                            material.clearcoat(),
                            material.clearcoatRoughness(),
                            false));
        }
        return dressed;
    }

    /** Of the object's coat, else of the colours that the material comes in; null for neither. */
    private float[] color(String material, int object) {
        if (coatOf.length > 0) {
            float[] color = coats.get(coatOf[object]).colors().get(material);
            if (color != null) {
                return color;
            }
        }
        int i = 0;
        for (Map.Entry<String, Map<String, float[]>> entry : colors.entrySet()) {
            if (entry.getKey().equals(material) && colorOf.get(i).length > 0) {
                return List.copyOf(entry.getValue().values()).get(colorOf.get(i)[object]);
            }
            i++;
        }
        return null;
    }
}
