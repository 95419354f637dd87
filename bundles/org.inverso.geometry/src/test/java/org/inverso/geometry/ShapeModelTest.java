/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.inverso.api.CategoryException;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class ShapeModelTest {

    private static final List<PoseParameter> POSE = List.of(new PoseParameter("steering", -1, 1));
    private static final float STEP = 1e-2f;
    private static final double DERIVATIVE = 2e-4;

    private final TemplateMesh mesh = SmallTemplate.mesh();
    private final ShapeModel model = new ShapeModel(mesh, POSE);
    private final Random random = new Random(11);

    @Test
    void shapeIsLinearInItsTargets() {
        float[] shape = {0.5f, -1, 2};
        float[] v = model.vertices(shape, new float[1], null, new float[60]);

        for (int i = 0; i < 60; i++) {
            float expected = mesh.positions()[i];
            for (int k = 0; k < 3; k++) {
                expected += shape[k] * mesh.shapeBasis()[60 * k + i];
            }
            assertThat(v[i]).isCloseTo(expected, within(1e-6f));
        }
    }

    @Test
    void pivotMovesWithTheMeanOfThePart() {
        Vector3f pivot = model.pivot(2, new float[] {1, 2, 0}, new Vector3f());

        // wide moves the right wheel by -0.125; tall lifts its vertices by 0.25 (1 + 2 + 3 + 4) /
        // 4.
        assertThat(pivot).isEqualTo(new Vector3f(-0.75f - 0.125f, 0.25f + 2 * 0.625f, 0.5f));
        assertThatThrownBy(() -> model.pivot(0, new float[3], pivot))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void positiveSteeringTurnsTheFrontOfTheWheelsToTheLeft() {
        float[] v =
                model.vertices(
                        new float[3], new float[] {(float) Math.PI / 2}, null, new float[60]);

        // Corner 1 of the left wheel, at pivot + (0.125, -0.25, 0.25): z goes to x, x to -z.
        assertThat(v[39]).isCloseTo(0.75f + 0.25f, within(1e-6f));
        assertThat(v[40]).isCloseTo(0.25f - 0.25f, within(1e-6f));
        assertThat(v[41]).isCloseTo(0.5f - 0.125f, within(1e-6f));
        assertThat(v[3]).isEqualTo(mesh.positions()[3]);
    }

    @Test
    void offsetsAreAddedAtRest() {
        float[] offsets = new float[60];
        offsets[3 * 12 + 2] = 0.125f;
        float[] v =
                model.vertices(
                        new float[3], new float[] {(float) Math.PI / 2}, offsets, new float[60]);

        assertThat(v[36]).isCloseTo(0.75f + 0.125f, within(1e-6f));
    }

    @Test
    void derivativesMatchFiniteDifferences() {
        float[] shape = gaussian(3);
        float[] pose = {0.4f};
        float[] offsets = gaussian(60);
        float[] upstream = gaussian(60);
        float[] vertices = model.vertices(shape, pose, offsets, new float[60]);
        float[] dShape = {9, 9, 9};
        float[] dPose = {9};
        float[] dOffsets = gaussian(60);

        model.backward(shape, pose, offsets, vertices, upstream, dShape, dPose, dOffsets);

        assertDerivative(shape, dShape, shape, pose, offsets, upstream);
        assertDerivative(pose, dPose, shape, pose, offsets, upstream);
        assertDerivative(offsets, dOffsets, shape, pose, offsets, upstream);
    }

    private void assertDerivative(
            float[] variable,
            float[] derivative,
            float[] shape,
            float[] pose,
            float[] offsets,
            float[] upstream) {
        for (int i = 0; i < variable.length; i++) {
            float at = variable[i];
            double[] loss = new double[2];
            for (int side = 0; side < 2; side++) {
                variable[i] = side == 0 ? at - STEP : at + STEP;
                float[] v = model.vertices(shape, pose, offsets, new float[60]);
                for (int j = 0; j < 60; j++) {
                    loss[side] += (double) v[j] * upstream[j];
                }
            }
            variable[i] = at;
            double numeric = (loss[1] - loss[0]) / (2 * STEP);
            assertThat((double) derivative[i])
                    .isCloseTo(numeric, within(DERIVATIVE * (1 + Math.abs(numeric))));
        }
    }

    @Test
    void meshesLargerThanOneBlock() {
        int vertices = 2500;
        float[] basis = gaussian(2 * 3 * vertices);
        TemplateMesh large =
                new TemplateMesh(
                        gaussian(3 * vertices),
                        new float[2 * vertices],
                        new int[0],
                        new int[0],
                        new int[0],
                        List.of(),
                        List.of(),
                        List.of("a", "b"),
                        basis,
                        new int[0]);
        ShapeModel largeModel = new ShapeModel(large, List.of());
        float[] v = largeModel.vertices(new float[] {2, 3}, new float[0], null, new float[7500]);
        float[] dShape = new float[2];
        largeModel.backward(
                new float[] {2, 3},
                new float[0],
                null,
                v,
                basis.clone(),
                dShape,
                new float[0],
                new float[7500]);

        double squared = 0;
        for (int i = 0; i < 7500; i++) {
            assertThat(v[i])
                    .isCloseTo(
                            large.positions()[i] + 2 * basis[i] + 3 * basis[7500 + i],
                            within(1e-5f));
            squared += (double) basis[i] * basis[i];
        }
        assertThat((double) dShape[0]).isCloseTo(squared, within(1e-4 * squared));
    }

    @Test
    void poseParameterThatNothingTurnsByIsRefused() {
        assertThatThrownBy(() -> new ShapeModel(mesh, List.of(new PoseParameter("neck", -1, 1))))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("neck");
    }

    private float[] gaussian(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
