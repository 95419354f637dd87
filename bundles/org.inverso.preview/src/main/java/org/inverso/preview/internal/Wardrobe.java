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
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.Individual;
import org.inverso.geometry.paint.CoatPainter;
import org.inverso.geometry.paint.TexelMap;

/**
 * What the objects of a sheet wear: coats and colours of their category, each in proportion to its
 * weight, so that a small sheet shows the whole range. Coats are painted as training paints them.
 */
final class Wardrobe {

    /** Side of painted textures. */
    private static final int TEXTURE = 512;

    private static final float[] WHITE = {1, 1, 1};

    private final List<Material> materials;
    private final CoatRack coats;
    private final CoatPainter painter;
    private final boolean[] painted;
    private final Map<String, Map<String, float[]>> colors;
    private final List<int[]> colorOf = new ArrayList<>();

    /**
     * @param count objects that want to be dressed
     */
    Wardrobe(CategoryModel category, int count, SplittableRandom random) {
        materials = category.template().materials();
        List<Coat> known = category.coats();
        coats = new CoatRack(known);
        painter = known.isEmpty() ? null : new CoatPainter(category.template(), known, TEXTURE);
        painted = known.isEmpty() ? new boolean[0] : covered(painter.texels());
        colors = category.colors();
        for (Map<String, float[]> named : colors.values()) {
            double[] weights = new double[named.size()];
            Arrays.fill(weights, 1);
            colorOf.add(dealt(weights, count, random));
        }
    }

    private static boolean[] covered(TexelMap texels) {
        boolean[] covered = new boolean[texels.size() * texels.size()];
        for (int t = 0; t < covered.length; t++) {
            covered[t] = texels.covered(t);
        }
        return covered;
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

    /**
     * One object in what it wears.
     *
     * @param number of the object on its sheet, from 0
     */
    Surface dress(AssetMesh mesh, Individual individual, int number, SplittableRandom random) {
        if (painter == null) {
            return Surface.of(mesh, plain(number));
        }
        String coat = coats.next(individual.coats());
        float[] texture = painter.paint(List.of(coat), random);
        return Surface.of(mesh, textured(), MipTexture.of(TEXTURE, texture, painted));
    }

    private List<Asset.Material> plain(int number) {
        List<Asset.Material> dressed = new ArrayList<>();
        for (Material material : materials) {
            float[] color = color(material.name(), number);
            dressed.add(of(material, color == null ? material.baseColor() : color, -1));
        }
        return dressed;
    }

    private List<Asset.Material> textured() {
        return materials.stream().map(material -> of(material, WHITE, 0)).toList();
    }

    private static Asset.Material of(Material material, float[] color, int texture) {
        float[] rgba = material.baseColor().clone();
        System.arraycopy(color, 0, rgba, 0, 3);
        return new Asset.Material(
                material.name(),
                rgba,
                texture,
                material.metallic(),
                material.roughness(),
                new float[3],
                1,
                material.clearcoat(),
                material.clearcoatRoughness(),
                false);
    }

    /** Of the colours that the material comes in; null for none. */
    private float[] color(String material, int number) {
        int i = 0;
        for (Map.Entry<String, Map<String, float[]>> entry : colors.entrySet()) {
            if (entry.getKey().equals(material) && colorOf.get(i).length > 0) {
                return List.copyOf(entry.getValue().values()).get(colorOf.get(i)[number]);
            }
            i++;
        }
        return null;
    }
}
