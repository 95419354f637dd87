/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class AssetMeshTest {

    private static Asset.Primitive triangle(int material) {
        return new Asset.Primitive(
                new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1},
                new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1},
                new float[] {0, 0.25f, 0.5f, 0.75f, 1, 1},
                new int[] {0, 1, 2},
                material);
    }

    @Test
    void nodesStandWhereTheirParentsTakeThem() {
        Quaternionf quarterTurn = new Quaternionf().rotateY((float) Math.PI / 2);
        Asset asset =
                new Asset(
                        "two",
                        List.of(
                                new Asset.Node(
                                        "root",
                                        -1,
                                        new Vector3f(10, 0, 0),
                                        quarterTurn,
                                        -1,
                                        Map.of()),
                                new Asset.Node(
                                        "child",
                                        0,
                                        new Vector3f(0, 0, 2),
                                        new Quaternionf(),
                                        0,
                                        Map.of()),
                                new Asset.Node(
                                        "other",
                                        -1,
                                        new Vector3f(),
                                        new Quaternionf(),
                                        1,
                                        Map.of()),
                                new Asset.Node(
                                        "hidden",
                                        1,
                                        new Vector3f(),
                                        new Quaternionf(),
                                        new Vector3f(0),
                                        1,
                                        Asset.NONE,
                                        Map.of())),
                        List.of(
                                new Asset.Mesh("child", List.of(triangle(3))),
                                new Asset.Mesh("other", List.of(triangle(4)))),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());

        AssetMesh mesh = AssetMesh.of(asset);

        // The quarter turn takes +Z to +X and +X to -Z: (1, 0, 2) goes to (2, 0, -1), then by 10.
        assertThat(Arrays.copyOf(mesh.positions(), 3))
                .containsExactly(new float[] {12, 0, -1}, within(1e-5f));
        assertThat(Arrays.copyOf(mesh.normals(), 3))
                .containsExactly(new float[] {0, 0, -1}, within(1e-5f));
        assertThat(mesh.vertexCount()).isEqualTo(6);
        assertThat(mesh.faces()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(mesh.faceMaterial()).containsExactly(3, 4);
        assertThat(mesh.uvs()).containsExactly(0, .25f, .5f, .75f, 1, 1, 0, .25f, .5f, .75f, 1, 1);
        assertThat(mesh.min()).isEqualTo(new Vector3f(0, 0, mesh.positions()[2]));
        assertThat(mesh.max().x).isCloseTo(13, within(1e-5f));
    }
}
