/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class PosedPartTest {

    private static final float[] TRIANGLE = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private static Asset.Node node(String name, int parent, Vector3f t, int mesh) {
        return new Asset.Node(name, parent, t, new Quaternionf(), mesh, Map.of());
    }

    private static Asset.Primitive triangle(int material) {
        return new Asset.Primitive(TRIANGLE, TRIANGLE, new float[6], new int[] {0, 1, 2}, material);
    }

    @Test
    void eachNodeWithAMeshIsAPartInTheFrameOfTheAsset() {
        Asset asset =
                new Asset(
                        "a",
                        List.of(
                                node("root", -1, new Vector3f(0, 0, 10), -1),
                                node("left", 0, new Vector3f(5, 0, 0), 0),
                                node("right", 0, new Vector3f(-5, 0, 0), 0),
                                new Asset.Node(
                                        "hidden",
                                        0,
                                        new Vector3f(),
                                        new Quaternionf(),
                                        new Vector3f(),
                                        0,
                                        Asset.NONE,
                                        Map.of())),
                        List.of(new Asset.Mesh("m", List.of(triangle(3), triangle(4)))),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());

        List<PosedPart> parts = PosedPart.of(asset);

        assertThat(parts).extracting(PosedPart::name).containsExactly("left", "right");
        assertThat(parts.get(1).primitives())
                .extracting(Asset.Primitive::material)
                .containsExactly(3, 4);
        assertThat(parts.get(1).primitives().get(1).positions())
                .containsExactly(new float[] {-4, 0, 10, -5, 1, 10, -5, 0, 11}, within(1e-6f));
        assertThat(parts.get(1).primitives().get(1).normals())
                .containsExactly(TRIANGLE, within(1e-6f));
    }
}
