/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.inverso.api.category.TemplateMesh;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.geometry.ShapeModel;
import org.junit.jupiter.api.Test;

class SphereCategoryTest {

    private final SphereCategory sphere =
            new SphereCategory(
                    new CategoryLoader()
                            .load(Path.of("..", "org.inverso.category.car", "src/main/resources")));
    private final TemplateMesh template = sphere.template();

    @Test
    void itIsThePapersSphere() {
        assertThat(template.vertexCount()).isEqualTo(642);
        assertThat(template.faceCount()).isEqualTo(1280);
        float r = sphere.radius();
        float[] x = template.positions();
        for (int v = 0; v < 642; v++) {
            double fromCentre = Math.hypot(Math.hypot(x[3 * v], x[3 * v + 1] - r), x[3 * v + 2]);
            assertThat(fromCentre).isCloseTo(r, within(1e-5));
        }
        assertThat(CameraCode.target(template).y()).isCloseTo(r, within(1e-5f));
        double volume = 0;
        int[] f = template.faces();
        for (int i = 0; i < f.length; i += 3) {
            volume += tetrahedron(x, 3 * f[i], 3 * f[i + 1], 3 * f[i + 2]);
        }
        // Positive when all faces look outwards.
        assertThat(volume).isCloseTo(4 * Math.PI / 3 * r * r * r, within(0.02 * volume));
    }

    private static double tetrahedron(float[] x, int a, int b, int c) {
        double cx = (double) x[b + 1] * x[c + 2] - (double) x[b + 2] * x[c + 1];
        double cy = (double) x[b + 2] * x[c] - (double) x[b] * x[c + 2];
        double cz = (double) x[b] * x[c + 1] - (double) x[b + 1] * x[c];
        return (x[a] * cx + x[a + 1] * cy + x[a + 2] * cz) / 6;
    }

    @Test
    void anyWeightsKeepItSymmetric() {
        ShapeModel model = new ShapeModel(sphere);
        SplittableRandom random = new SplittableRandom(1);
        float[] weights = new float[template.shapeCount()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) random.nextGaussian();
        }
        float[] x = model.vertices(weights, new float[0], null, new float[3 * 642]);
        int moved = 0;
        for (int v = 0; v < 642; v++) {
            int m = template.mirrorVertex()[v];
            assertThat(x[3 * m]).isCloseTo(-x[3 * v], within(1e-5f));
            assertThat(x[3 * m + 1]).isEqualTo(x[3 * v + 1]);
            assertThat(x[3 * m + 2]).isEqualTo(x[3 * v + 2]);
            moved += x[3 * v + 2] != template.positions()[3 * v + 2] ? 1 : 0;
        }
        assertThat(moved).isEqualTo(642);
    }

    @Test
    void theSurfacesCostHasItsGradient() {
        FreeSurfaceCost cost = new FreeSurfaceCost(template, sphere.radius());
        SplittableRandom random = new SplittableRandom(2);
        float[] x = template.positions().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] += (float) (0.03 * random.nextGaussian());
        }
        float[] gradient = new float[x.length];
        double rough = cost.add(x, gradient);
        float[] ignored = new float[x.length];
        assertThat(rough).isGreaterThan(2 * cost.add(template.positions(), ignored));
        for (int n = 0; n < 40; n++) {
            int i = random.nextInt(x.length);
            float here = x[i];
            x[i] = here + 2e-3f;
            double above = cost.add(x, ignored);
            x[i] = here - 2e-3f;
            double below = cost.add(x, ignored);
            double width = here + 2e-3f - (here - 2e-3f);
            x[i] = here;
            double wanted = (above - below) / width;
            assertThat((double) gradient[i])
                    .isCloseTo(wanted, within(2e-4 + 0.02 * Math.abs(wanted)));
        }
    }
}
