/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.junit.jupiter.api.Test;

class PaintsTest {

    private static final List<Asset.Material> MATERIALS =
            List.of(material("glass"), material("paint"), material("trim"));

    private static Asset.Material material(String name) {
        return new Asset.Material(
                name,
                new float[] {1, 1, 1, 1},
                0,
                0.25f,
                0.5f,
                new float[3],
                1,
                0.75f,
                0.1f,
                false);
    }

    private static Paints paints(Map<String, Map<String, float[]>> colors) {
        CategoryModel category =
                (CategoryModel)
                        Proxy.newProxyInstance(
                                CategoryModel.class.getClassLoader(),
                                new Class<?>[] {CategoryModel.class},
                                (proxy, method, arguments) ->
                                        method.getName().equals("colors") ? colors : null);
        return Paints.of(category, MATERIALS);
    }

    @Test
    void eachColourIsAVariantWithAMaterialOfItsOwn() {
        Paints paints =
                paints(
                        Map.of(
                                "paint",
                                Map.of("red", new float[] {0.5f, 0, 0}, "blue", new float[3])));
        assertThat(paints.variants())
                .extracting(Asset.Variant::name)
                .containsExactly("blue", "red");
        assertThat(paints.materials()).hasSize(5).startsWith(MATERIALS.get(0), MATERIALS.get(1));
        Asset.Variant red = paints.variants().get(1);
        assertThat(red.material(0)).isZero();
        Asset.Material material = paints.materials().get(red.material(1));
        assertThat(material.name()).isEqualTo("paint_red");
        assertThat(material.baseColor()).containsExactly(0.5f, 0, 0, 1);
        assertThat(material.baseColorTexture()).isEqualTo(Asset.NONE);
        assertThat(material.clearcoat()).isEqualTo(0.75f);
    }

    @Test
    void oneColourMayBeThatOfSeveralMaterials() {
        Map<String, float[]> black = Map.of("black", new float[3]);
        Paints paints = paints(Map.of("trim", black, "paint", black, "unknown", black));
        assertThat(paints.variants()).hasSize(1);
        assertThat(paints.variants().get(0).materials()).isEqualTo(Map.of(1, 3, 2, 4));
    }

    @Test
    void withoutColoursNothingIsAdded() {
        assertThat(paints(Map.of())).isEqualTo(new Paints(MATERIALS, List.of()));
    }
}
