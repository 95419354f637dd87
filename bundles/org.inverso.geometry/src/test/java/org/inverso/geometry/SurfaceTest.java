/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.inverso.api.category.TemplateMesh;
import org.junit.jupiter.api.Test;

/** Welding, Laplacian, smoothing and normals. */
class SurfaceTest {

    private final Random random = new Random(5);
    private final TemplateMesh mesh = SmallTemplate.mesh();
    private final WeldedTopology topology = WeldedTopology.of(mesh);

    @Test
    void seamIsWelded() {
        // Three pairs of roof vertices meet at x = 0.
        assertThat(topology.vertexCount()).isEqualTo(20);
        assertThat(topology.weldedCount()).isEqualTo(17);
        assertThat(topology.weldedIndex(6)).isEqualTo(topology.weldedIndex(0));
        assertThat(topology.faces()).hasSize(3 * 16);
        int[] mirror = topology.mirror(mesh.mirrorVertex());
        assertThat(mirror[topology.weldedIndex(0)]).isEqualTo(topology.weldedIndex(0));
        assertThat(mirror[topology.weldedIndex(1)]).isEqualTo(topology.weldedIndex(7));
    }

    @Test
    void verticesThatPartUnderATargetAreNotWelded() {
        float[] basis = mesh.shapeBasis().clone();
        basis[0] = 0.5f;
        TemplateMesh torn =
                new TemplateMesh(
                        mesh.positions(),
                        mesh.uvs(),
                        mesh.faces(),
                        mesh.facePart(),
                        mesh.faceMaterial(),
                        mesh.parts(),
                        mesh.materials(),
                        mesh.shapeTargets(),
                        basis,
                        mesh.mirrorVertex());
        assertThat(WeldedTopology.of(torn).weldedCount()).isEqualTo(18);
        assertThat(WeldedTopology.of(mesh.positions(), mesh.faces()).weldedCount()).isEqualTo(17);
    }

    @Test
    void sumIsTheAdjointOfExpand() {
        float[] welded = gaussian(51);
        float[] vertices = gaussian(60);
        assertThat(dot(topology.expand(welded, new float[60]), vertices))
                .isCloseTo(dot(welded, topology.sum(vertices, gaussian(51))), within(1e-5));
        assertThat(topology.mean(topology.expand(welded, new float[60]), new float[51]))
                .containsExactly(welded, within(1e-6f));
    }

    @Test
    void laplacianVanishesOnConstants() {
        float[] constant = new float[51];
        Arrays.fill(constant, 3);
        float[] rest = topology.mean(mesh.positions(), new float[51]);
        for (Laplacian l :
                new Laplacian[] {
                    Laplacian.uniform(topology), Laplacian.cotangent(topology, rest)
                }) {
            assertThat(l.apply(constant, gaussian(51))).containsOnly(new float[51], within(1e-5f));
        }
    }

    @Test
    void uniformUmbrellaIsTheDistanceFromTheNeighboursMean() {
        Laplacian laplacian = Laplacian.uniform(topology);
        float[] x = gaussian(51);
        float[] u = laplacian.umbrella(x, new float[51]);
        for (int i = 0; i < 17; i++) {
            double mean = 0;
            for (int j : laplacian.neighbours(i)) {
                mean += x[3 * j] / (double) laplacian.neighbours(i).length;
            }
            assertThat((double) u[3 * i]).isCloseTo(x[3 * i] - mean, within(1e-5));
        }
    }

    @Test
    void cotangentLaplacianVanishesOnAPlane() {
        // Irregular fan around vertex 0 in the plane y = 0; linear functions are harmonic.
        float[] fan = {
            0.1f, 0, 0.2f, 1, 0, 0, 0.2f, 0, 1, -1, 0, 0.3f, -0.4f, 0, -1, 0.5f, 0, -0.9f
        };
        int[] faces = {0, 2, 1, 0, 3, 2, 0, 4, 3, 0, 5, 4, 0, 1, 5};
        WeldedTopology plane = WeldedTopology.of(fan, faces);
        float[] l = Laplacian.cotangent(plane, fan).apply(fan, new float[18]);
        assertThat(l[0]).isCloseTo(0, within(1e-5f));
        assertThat(l[2]).isCloseTo(0, within(1e-5f));
        assertThat(Laplacian.uniform(plane).apply(fan, new float[18])[0])
                .isNotCloseTo(0, within(1e-2f));
    }

    @Test
    void energyGradientMatchesFiniteDifferences() {
        float[] rest = topology.mean(mesh.positions(), new float[51]);
        Laplacian laplacian = Laplacian.cotangent(topology, rest);
        float[] x = gaussian(51);
        float[] gradient = new float[51];
        float[] scratch = new float[51];
        laplacian.energy(x, 0.5f, gradient, scratch);
        for (int i = 0; i < x.length; i++) {
            float at = x[i];
            x[i] = at + 1e-2f;
            double above = laplacian.energy(x, 0.5f, new float[51], scratch);
            x[i] = at - 1e-2f;
            double below = laplacian.energy(x, 0.5f, new float[51], scratch);
            x[i] = at;
            double numeric = (above - below) / 2e-2;
            assertThat((double) gradient[i])
                    .isCloseTo(numeric, within(1e-3 * (1 + Math.abs(numeric))));
        }
    }

    @Test
    void implicitSmoothingSolvesItsEquation() {
        Laplacian laplacian = Laplacian.uniform(topology);
        float[] b = gaussian(51);
        float[] x = new ImplicitSmoothing(laplacian, 20).solve(b, new float[51]);
        float[] lx = laplacian.apply(x, new float[51]);
        for (int i = 0; i < 51; i++) {
            assertThat(x[i] + 20 * lx[i]).isCloseTo(b[i], within(2e-3f));
        }
        float[] inPlace = b.clone();
        assertThat(new ImplicitSmoothing(laplacian, 20).solve(inPlace, inPlace)).isEqualTo(x);
    }

    @Test
    void normalsAreSmoothOverSeamsAndHardOverCreases() {
        float[] n = new VertexNormals(20, mesh.faces()).compute(mesh.positions(), new float[60]);
        float slope = (float) Math.sqrt(0.2);
        assertThat(n[0]).isCloseTo(slope, within(1e-6f));
        assertThat(n[18]).isCloseTo(-slope, within(1e-6f));

        VertexNormals welded = new VertexNormals(topology, mesh.faces(), 180);
        n = welded.compute(mesh.positions(), new float[60]);
        assertThat(n[0]).isCloseTo(0, within(1e-6f));
        assertThat(n[1]).isCloseTo(1, within(1e-6f));

        // The roof's halves meet at 53 degrees.
        n = new VertexNormals(topology, mesh.faces(), 50).compute(mesh.positions(), n);
        assertThat(n[0]).isCloseTo(slope, within(1e-6f));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private float[] gaussian(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
