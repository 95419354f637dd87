/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.asset.Asset;
import org.inverso.editing.GlobeAsset;
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.WeldedTopology;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class SimplificationTest {

    private static final int FEW = 500;

    private final Asset globe = GlobeAsset.of();
    private final Simplification simplification = new Simplification(globe);

    private static double volume(AssetMesh mesh) {
        double sum = 0;
        for (int f = 0; f < mesh.faceCount(); f++) {
            Vector3f a = at(mesh, 3 * f);
            sum += a.dot(at(mesh, 3 * f + 1).cross(at(mesh, 3 * f + 2))) / 6;
        }
        return sum;
    }

    private static Vector3f at(AssetMesh mesh, int corner) {
        int v = 3 * mesh.faces()[corner];
        return new Vector3f(mesh.positions()[v], mesh.positions()[v + 1], mesh.positions()[v + 2]);
    }

    @Test
    void reachesTheNumberThatIsAskedFor() {
        assertThat(simplification.reduceTo(FEW)).isBetween(FEW - 2, FEW);

        int left = 0;
        for (Asset.Mesh mesh : simplification.asset().meshes()) {
            left += mesh.primitives().get(0).indices().length / 3;
        }
        assertThat(left).isBetween(FEW - 2, FEW);
    }

    @Test
    void surfaceStaysClosedAcrossPartsAndSeams() {
        simplification.reduceTo(FEW);
        AssetMesh mesh = AssetMesh.of(simplification.asset());

        int[] faces = WeldedTopology.of(mesh.positions(), mesh.faces()).faces();
        Map<Long, Integer> edges = new HashMap<>();
        for (int i = 0; i < faces.length; i++) {
            long a = faces[i];
            long b = faces[i % 3 == 2 ? i - 2 : i + 1];
            edges.merge(a << 32 | b, 1, Integer::sum);
        }
        assertThat(edges)
                .allSatisfy(
                        (edge, count) -> {
                            assertThat(count).isEqualTo(1);
                            assertThat(edges).containsKey(edge << 32 | edge >>> 32);
                        });
    }

    @Test
    void shapeStaysNearlyTheSame() {
        double before = volume(AssetMesh.of(globe));

        simplification.reduceTo(FEW);

        assertThat(volume(AssetMesh.of(simplification.asset())))
                .isCloseTo(before, within(0.05 * before));
    }

    @Test
    void pointsAndTextureCoordinatesThatStayAreThoseThatWereThere() {
        Set<List<Float>> points = new HashSet<>();
        Set<List<Float>> uvs = new HashSet<>();
        collect(globe, points, uvs);

        simplification.reduceTo(FEW);
        Set<List<Float>> pointsLeft = new HashSet<>();
        Set<List<Float>> uvsLeft = new HashSet<>();
        collect(simplification.asset(), pointsLeft, uvsLeft);

        assertThat(points).containsAll(pointsLeft);
        assertThat(uvs).containsAll(uvsLeft);
    }

    private static void collect(Asset asset, Set<List<Float>> points, Set<List<Float>> uvs) {
        for (Asset.Mesh mesh : asset.meshes()) {
            Asset.Primitive p = mesh.primitives().get(0);
            for (int v = 0; v < p.positions().length / 3; v++) {
                points.add(
                        List.of(
                                rounded(p.positions()[3 * v]),
                                rounded(p.positions()[3 * v + 1]),
                                rounded(p.positions()[3 * v + 2])));
                uvs.add(List.of(p.uvs()[2 * v], p.uvs()[2 * v + 1]));
            }
        }
    }

    /** What moved along a seam was once in another frame. */
    private static float rounded(float coordinate) {
        return Math.round(1e5f * coordinate) / 1e5f + 0f;
    }

    @Test
    void trianglesOfTheTextureDoNotTurnOver() {
        simplification.reduceTo(FEW);

        for (Asset.Mesh mesh : simplification.asset().meshes()) {
            Asset.Primitive p = mesh.primitives().get(0);
            for (int i = 0; i < p.indices().length; i += 3) {
                int a = 2 * p.indices()[i];
                int b = 2 * p.indices()[i + 1];
                int c = 2 * p.indices()[i + 2];
                double area =
                        (p.uvs()[b] - p.uvs()[a]) * (p.uvs()[c + 1] - p.uvs()[a + 1])
                                - (p.uvs()[b + 1] - p.uvs()[a + 1]) * (p.uvs()[c] - p.uvs()[a]);
                assertThat(area).isLessThanOrEqualTo(1e-9);
            }
        }
    }

    @Test
    void detailCanBeTakenOffStepByStep() {
        simplification.reduceTo(1000);
        simplification.reduceTo(FEW);
        Simplification atOnce = new Simplification(globe);
        atOnce.reduceTo(FEW);

        assertThat(simplification.asset().meshes().get(0).primitives().get(0).indices())
                .isEqualTo(atOnce.asset().meshes().get(0).primitives().get(0).indices());
    }

    /** All vertices of seams together are more than that. */
    @Test
    void seamsGiveWayWhenNothingElseIsLeft() {
        assertThat(simplification.reduceTo(60)).isLessThanOrEqualTo(60);
        AssetMesh mesh = AssetMesh.of(simplification.asset());

        WeldedTopology welded = WeldedTopology.of(mesh.positions(), mesh.faces());
        Map<Long, Integer> edges = new HashMap<>();
        for (int i = 0; i < welded.faces().length; i++) {
            long a = welded.faces()[i];
            long b = welded.faces()[i % 3 == 2 ? i - 2 : i + 1];
            edges.merge(Math.min(a, b) << 32 | Math.max(a, b), 1, Integer::sum);
        }
        assertThat(edges.values()).containsOnly(2);
        assertThat(volume(mesh)).isGreaterThan(0.5 * volume(AssetMesh.of(globe)));
    }

    @Test
    void noPartGoesAway() {
        assertThat(simplification.reduceTo(1)).isGreaterThan(10);
        assertThat(simplification.asset().meshes())
                .allSatisfy(
                        mesh ->
                                assertThat(mesh.primitives().get(0).indices().length)
                                        .isGreaterThanOrEqualTo(12));
    }
}
