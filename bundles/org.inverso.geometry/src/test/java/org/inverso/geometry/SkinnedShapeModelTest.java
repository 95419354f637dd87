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
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.Skin;
import org.inverso.api.category.TemplateMesh;
import org.joml.Matrix4d;
import org.joml.Quaterniond;
import org.joml.Vector3d;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

/** Linear blend skinning against the formula, written down again with matrices of doubles. */
class SkinnedShapeModelTest {

    private static final double EXACT = 2e-6;
    private static final double STEP = 1e-5;
    private static final double DERIVATIVE = 2e-5;

    private final TemplateMesh mesh = SkinnedArm.mesh();
    private final List<PoseParameter> parameters = SkinnedArm.pose();
    private final ShapeModel model = new ShapeModel(mesh, parameters);
    private final int n = 3 * mesh.vertexCount();
    private final Random random = new Random(23);
    private final float[] shape = {0.7f, -0.3f};
    private final float[] pose = {0.3f, -0.8f, 0.5f, 1.1f};
    private final float[] offsets = gaussian(n, 0.02f);

    @Test
    void verticesFollowTheFormula() {
        float[] v = model.vertices(shape, pose, offsets, new float[n]);

        double[] expected = reference(doubles(shape), doubles(pose), doubles(offsets));
        for (int i = 0; i < n; i++) {
            assertThat((double) v[i]).as("coordinate " + i).isCloseTo(expected[i], within(EXACT));
        }
    }

    @Test
    void withoutPoseNothingMoves() {
        float[] rest = model.restVertices(shape, offsets, new float[n]);
        float[] v = model.vertices(shape, new float[4], offsets, new float[n]);

        for (int i = 0; i < n; i++) {
            assertThat((double) v[i]).isCloseTo(rest[i], within(EXACT));
        }
    }

    @Test
    void quarterTurnOfTheElbowLaysTheHandForward() {
        float quarter = (float) Math.PI / 2;
        float[] v =
                model.vertices(new float[2], new float[] {0, quarter, 0, 0}, null, new float[n]);

        float[] rest = mesh.positions();
        for (int i = 0; i < n; i += 3) {
            if (rest[i + 1] > 1.25f) {
                // About +X, +Y goes to +Z; the elbow is 1 m high.
                assertThat(v[i]).isCloseTo(rest[i], within(1e-6f));
                assertThat(v[i + 1]).isCloseTo(1 - rest[i + 2], within(1e-6f));
                assertThat(v[i + 2]).isCloseTo(rest[i + 1] - 1, within(1e-6f));
            } else if (rest[i + 1] < 0.75f) {
                assertThat(v[i + 1]).isCloseTo(rest[i + 1], within(1e-6f));
            }
        }
    }

    @Test
    void derivativesAreThoseOfTheFormula() {
        float[] upstream = gaussian(n, 1);
        float[] vertices = model.vertices(shape, pose, offsets, new float[n]);
        float[] dShape = {9, 9};
        float[] dPose = {9, 9, 9, 9};
        float[] dOffsets = gaussian(n, 1);

        model.backward(shape, pose, offsets, vertices, upstream, dShape, dPose, dOffsets);

        assertDerivative(0, dShape, upstream);
        assertDerivative(1, dPose, upstream);
        assertDerivative(2, dOffsets, upstream);
    }

    private void assertDerivative(int which, float[] derivative, float[] upstream) {
        double[][] at = {doubles(shape), doubles(pose), doubles(offsets)};
        for (int i = 0; i < derivative.length; i++) {
            double[] loss = new double[2];
            double value = at[which][i];
            for (int side = 0; side < 2; side++) {
                at[which][i] = value + (side == 0 ? -STEP : STEP);
                double[] v = reference(at[0], at[1], at[2]);
                for (int j = 0; j < n; j++) {
                    loss[side] += v[j] * upstream[j];
                }
            }
            at[which][i] = value;
            double numeric = (loss[1] - loss[0]) / (2 * STEP);
            assertThat((double) derivative[i])
                    .as(which + ", " + i)
                    .isCloseTo(numeric, within(DERIVATIVE * (1 + Math.abs(numeric))));
        }
    }

    @Test
    void jointsFollowTheShapeAndTurnInTheOrderListed() {
        Kinematics kinematics = model.kinematics().orElseThrow();

        Vector3f elbow = kinematics.position(1, new float[] {0.5f, 1}, new Vector3f());
        assertThat(elbow.y).isCloseTo(1 + 0.5f * SkinnedArm.LONG, within(1e-6f));
        Quaterniond turn = kinematics.rotation(1, pose, new Quaterniond());
        Quaterniond expected =
                new Quaterniond()
                        .rotateX(pose[1])
                        .rotateZ(pose[2])
                        .rotateAxis(0.5 * pose[3], 0.6, 0.8, 0);
        assertThat(turn.equals(expected, 1e-7)).isTrue();
    }

    @Test
    void parametersThatTurnNothingAreRefused() {
        Vector3f x = new Vector3f(1, 0, 0);
        PoseParameter knee =
                new PoseParameter(
                        "knee",
                        -1,
                        1,
                        0,
                        0.1f,
                        x,
                        List.of(new PoseParameter.JointShare("knee", 1)));
        assertThatThrownBy(() -> new ShapeModel(mesh, List.of(knee)))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("turns the joint knee, which the template does not have");
        assertThatThrownBy(() -> new ShapeModel(mesh, List.of(new PoseParameter("s", -1, 1))))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("names no joint");
        assertThatThrownBy(() -> new ShapeModel(SmallTemplate.mesh(), List.of(knee)))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("the template has no skin");
    }

    /** {@code v = sum_i w_i * G_i * T(-j_i) * u}. */
    private double[] reference(double[] s, double[] p, double[] o) {
        Skin skin = mesh.skin().orElseThrow();
        List<Skeleton.Joint> joints = skin.skeleton().joints();
        Vector3d[] at = new Vector3d[joints.size()];
        Matrix4d[] global = new Matrix4d[joints.size()];
        for (int j = 0; j < at.length; j++) {
            at[j] = new Vector3d(joints.get(j).rest());
            for (int k = 0; k < s.length; k++) {
                float[] d = joints.get(j).shapeDeltas();
                at[j].add(s[k] * d[3 * k], s[k] * d[3 * k + 1], s[k] * d[3 * k + 2]);
            }
            int parent = joints.get(j).parent();
            Vector3d step =
                    parent < 0 ? at[j] : new Vector3d(at[j]).sub(at[joints.get(j).parent()]);
            global[j] = parent < 0 ? new Matrix4d() : new Matrix4d(global[parent]);
            global[j].translate(step);
            for (int i = 0; i < p.length; i++) {
                for (PoseParameter.JointShare share : parameters.get(i).joints()) {
                    if (share.joint().equals(joints.get(j).name())) {
                        Vector3d axis = new Vector3d(parameters.get(i).axis());
                        global[j].rotate(share.share() * p[i], axis.normalize());
                    }
                }
            }
        }
        double[] v = new double[n];
        Vector3d u = new Vector3d();
        for (int i = 0; i < n; i += 3) {
            for (int w = 4 * i / 3; w < 4 * i / 3 + 4; w++) {
                int j = skin.joints()[w];
                for (int c = 0; c < 3; c++) {
                    double x = mesh.positions()[i + c] + o[i + c];
                    for (int k = 0; k < s.length; k++) {
                        x += s[k] * mesh.shapeBasis()[k * n + i + c];
                    }
                    u.setComponent(c, x);
                }
                global[j].transformPosition(u.sub(at[j]));
                for (int c = 0; c < 3; c++) {
                    v[i + c] += skin.weights()[w] * u.get(c);
                }
            }
        }
        return v;
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    private float[] gaussian(int count, float scale) {
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = scale * (float) random.nextGaussian();
        }
        return x;
    }
}
