/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.ArrayList;
import java.util.List;
import org.inverso.api.CategoryException;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.Skeleton;
import org.joml.Matrix3d;
import org.joml.Quaterniond;
import org.joml.Vector3f;

/**
 * Forward kinematics of a skeleton and its derivatives.
 *
 * <pre>
 *   j(shape) = rest_j + sum_k shape_k * delta_jk               object frame
 *   R_j(pose) = R_1 R_2 ...                                    one turn a parameter, as listed
 *   G_j = G_parent * T(j - j_parent) * R_j                     joint's frame to the object's
 *   M_j = G_j * T(-j) = [A_j | b_j]                            what a vertex at rest undergoes
 * </pre>
 *
 * <p>Matrices are row-major. Immutable.
 */
public final class Kinematics {

    private final Skeleton skeleton;
    private final int shapeCount;
    private final int poseCount;

    /** Turns of joint j are those from firstTurn[j] to firstTurn[j + 1]. */
    private final int[] firstTurn;

    private final int[] turnParameter;
    private final double[] turnAxis;
    private final double[] turnShare;

    /** Where the joints of one pose are, and then the derivatives with regard to it. */
    static final class State {

        /** {@code double[J*3]}, object frame. */
        final double[] position;

        /** {@code double[T]}, radians of each turn. */
        final double[] angle;

        /** {@code double[J*9]}, R_j. */
        final double[] local;

        /** {@code double[J*12]}, rows of G_j. */
        final double[] global;

        State(int joints, int turns) {
            position = new double[3 * joints];
            angle = new double[turns];
            local = new double[9 * joints];
            global = new double[12 * joints];
        }
    }

    private record Turn(int parameter, float x, float y, float z, float share) {}

    /**
     * @throws CategoryException when a parameter turns no joint, or one that is not there
     */
    public Kinematics(Skeleton skeleton, int shapeCount, List<PoseParameter> parameters) {
        this.skeleton = skeleton;
        this.shapeCount = shapeCount;
        this.poseCount = parameters.size();
        List<List<Turn>> turns = new ArrayList<>();
        skeleton.joints().forEach(joint -> turns.add(new ArrayList<>()));
        for (int p = 0; p < poseCount; p++) {
            addTurns(p, parameters.get(p), turns);
        }
        firstTurn = new int[turns.size() + 1];
        for (int j = 0; j < turns.size(); j++) {
            firstTurn[j + 1] = firstTurn[j] + turns.get(j).size();
        }
        int count = firstTurn[turns.size()];
        turnParameter = new int[count];
        turnAxis = new double[3 * count];
        turnShare = new double[count];
        int t = 0;
        for (List<Turn> ofJoint : turns) {
            for (Turn turn : ofJoint) {
                turnParameter[t] = turn.parameter();
                turnAxis[3 * t] = turn.x();
                turnAxis[3 * t + 1] = turn.y();
                turnAxis[3 * t + 2] = turn.z();
                turnShare[t++] = turn.share();
            }
        }
    }

    private void addTurns(int p, PoseParameter parameter, List<List<Turn>> turns) {
        if (parameter.joints().isEmpty()) {
            throw new CategoryException(
                    "pose parameter " + parameter.name() + " names no joint that it turns");
        }
        Vector3f axis = new Vector3f(parameter.axis()).normalize();
        for (PoseParameter.JointShare share : parameter.joints()) {
            int joint = skeleton.indexOf(share.joint());
            if (joint < 0) {
                throw new CategoryException(
                        "pose parameter "
                                + parameter.name()
                                + " turns the joint "
                                + share.joint()
                                + ", which the template does not have");
            }
            turns.get(joint).add(new Turn(p, axis.x, axis.y, axis.z, share.share()));
        }
    }

    public Skeleton skeleton() {
        return skeleton;
    }

    /** J. */
    public int jointCount() {
        return skeleton.jointCount();
    }

    /**
     * Where a joint is at rest.
     *
     * @return {@code dest}, object frame, metres
     */
    public Vector3f position(int joint, float[] shape, Vector3f dest) {
        return dest.set(
                (float) coordinate(joint, shape, 0),
                (float) coordinate(joint, shape, 1),
                (float) coordinate(joint, shape, 2));
    }

    private double coordinate(int joint, float[] shape, int axis) {
        Skeleton.Joint j = skeleton.joints().get(joint);
        double x = j.rest().get(axis);
        float[] deltas = j.shapeDeltas();
        for (int k = 0; k < shapeCount; k++) {
            x += (double) shape[k] * deltas[3 * k + axis];
        }
        return x;
    }

    /**
     * How a joint is turned against its parent.
     *
     * @return {@code dest}, of unit length
     */
    public Quaterniond rotation(int joint, float[] pose, Quaterniond dest) {
        double[] angle = new double[turnShare.length];
        angles(pose, angle);
        double[] r = new double[9];
        local(joint, angle, r, 0);
        // JOML's constructor takes columns.
        Matrix3d m = new Matrix3d(r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]);
        return dest.setFromNormalized(m).normalize();
    }

    private void angles(float[] pose, double[] dest) {
        if (pose.length != poseCount) {
            throw new IllegalArgumentException(
                    "pose: " + pose.length + " numbers, not " + poseCount);
        }
        for (int t = 0; t < dest.length; t++) {
            dest[t] = turnShare[t] * pose[turnParameter[t]];
        }
    }

    /** Product of a joint's turns. */
    private void local(int joint, double[] angle, double[] dest, int at) {
        identity(dest, at);
        for (int t = firstTurn[joint]; t < firstTurn[joint + 1]; t++) {
            turn(dest, at, t, angle[t]);
        }
    }

    private static void identity(double[] m, int at) {
        for (int i = 0; i < 9; i++) {
            m[at + i] = i % 4 == 0 ? 1 : 0;
        }
    }

    /** Multiplies a matrix by a turn from the right (Rodrigues). */
    private void turn(double[] m, int at, int t, double angle) {
        double x = turnAxis[3 * t];
        double y = turnAxis[3 * t + 1];
        double z = turnAxis[3 * t + 2];
        double sin = Math.sin(angle);
        double cos = Math.cos(angle);
        double rest = 1 - cos;
        double r00 = cos + rest * x * x;
        double r01 = rest * x * y - sin * z;
        double r02 = rest * x * z + sin * y;
        double r10 = rest * x * y + sin * z;
        double r11 = cos + rest * y * y;
        double r12 = rest * y * z - sin * x;
        double r20 = rest * x * z - sin * y;
        double r21 = rest * y * z + sin * x;
        double r22 = cos + rest * z * z;
        for (int i = at; i < at + 9; i += 3) {
            double a = m[i];
            double b = m[i + 1];
            double c = m[i + 2];
            m[i] = a * r00 + b * r10 + c * r20;
            m[i + 1] = a * r01 + b * r11 + c * r21;
            m[i + 2] = a * r02 + b * r12 + c * r22;
        }
    }

    /** Places all joints. */
    State state(float[] shape, float[] pose) {
        State s = new State(jointCount(), turnShare.length);
        angles(pose, s.angle);
        double[] step = new double[3];
        for (int j = 0; j < jointCount(); j++) {
            int parent = skeleton.joints().get(j).parent();
            for (int c = 0; c < 3; c++) {
                s.position[3 * j + c] = coordinate(j, shape, c);
                step[c] = s.position[3 * j + c] - (parent < 0 ? 0 : s.position[3 * parent + c]);
            }
            local(j, s.angle, s.local, 9 * j);
            for (int r = 0; r < 3; r++) {
                int row = 12 * j + 4 * r;
                for (int c = 0; c < 3; c++) {
                    s.global[row + c] =
                            parent < 0
                                    ? s.local[9 * j + 3 * r + c]
                                    : rowTimesColumn(s, 12 * parent + 4 * r, 9 * j + c);
                }
                int above = 12 * parent + 4 * r;
                s.global[row + 3] =
                        parent < 0
                                ? step[r]
                                : s.global[above + 3]
                                        + s.global[above] * step[0]
                                        + s.global[above + 1] * step[1]
                                        + s.global[above + 2] * step[2];
            }
        }
        return s;
    }

    private static double rowTimesColumn(State s, int row, int column) {
        return s.global[row] * s.local[column]
                + s.global[row + 1] * s.local[column + 3]
                + s.global[row + 2] * s.local[column + 6];
    }

    /**
     * What vertices at rest undergo.
     *
     * @return fresh {@code float[J*12]}, rows of M_j
     */
    float[] skinning(State s) {
        float[] m = new float[12 * jointCount()];
        for (int j = 0; j < jointCount(); j++) {
            for (int row = 12 * j; row < 12 * j + 12; row += 4) {
                double b = s.global[row + 3];
                for (int c = 0; c < 3; c++) {
                    m[row + c] = (float) s.global[row + c];
                    b -= s.global[row + c] * s.position[3 * j + c];
                }
                m[row + 3] = (float) b;
            }
        }
        return m;
    }

    /**
     * Derivatives of a loss, given those with regard to M_j. Adds to {@code dShape} and {@code
     * dPose}.
     *
     * @param d {@code double[J*12]}, rows of dLoss/dM_j; overwritten
     */
    void backward(State s, double[] d, float[] dShape, float[] dPose) {
        int joints = jointCount();
        double[] dPosition = new double[3 * joints];
        // M = [A | t - A j]: from d(A), d(b) to d(A), d(t) of G, and d(j).
        for (int j = 0; j < joints; j++) {
            for (int row = 12 * j; row < 12 * j + 12; row += 4) {
                double db = d[row + 3];
                for (int c = 0; c < 3; c++) {
                    dPosition[3 * j + c] -= s.global[row + c] * db;
                    d[row + c] -= db * s.position[3 * j + c];
                }
            }
        }
        double[] dLocal = new double[9];
        double[] dPoseSum = new double[poseCount];
        for (int j = joints - 1; j >= 0; j--) {
            int parent = skeleton.joints().get(j).parent();
            if (parent < 0) {
                for (int r = 0; r < 3; r++) {
                    System.arraycopy(d, 12 * j + 4 * r, dLocal, 3 * r, 3);
                    dPosition[3 * j + r] += d[12 * j + 4 * r + 3];
                }
            } else {
                toParent(s, d, j, parent, dLocal, dPosition);
            }
            turnsBackward(s, j, dLocal, dPoseSum);
        }
        for (int p = 0; p < poseCount; p++) {
            dPose[p] += (float) dPoseSum[p];
        }
        for (int k = 0; k < shapeCount; k++) {
            double sum = 0;
            for (int j = 0; j < joints; j++) {
                float[] deltas = skeleton.joints().get(j).shapeDeltas();
                sum +=
                        dPosition[3 * j] * deltas[3 * k]
                                + dPosition[3 * j + 1] * deltas[3 * k + 1]
                                + dPosition[3 * j + 2] * deltas[3 * k + 2];
            }
            dShape[k] += (float) sum;
        }
    }

    /** Through G_j = G_parent * T(step) * R_j, with step = j - j_parent. */
    private static void toParent(
            State s, double[] d, int j, int parent, double[] dLocal, double[] dPosition) {
        double[] g = s.global;
        int own = 12 * j;
        int above = 12 * parent;
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                dLocal[3 * r + c] =
                        g[above + r] * d[own + c]
                                + g[above + 4 + r] * d[own + 4 + c]
                                + g[above + 8 + r] * d[own + 8 + c];
            }
        }
        for (int c = 0; c < 3; c++) {
            double dStep =
                    g[above + c] * d[own + 3]
                            + g[above + 4 + c] * d[own + 7]
                            + g[above + 8 + c] * d[own + 11];
            dPosition[3 * j + c] += dStep;
            dPosition[3 * parent + c] -= dStep;
        }
        for (int r = 0; r < 3; r++) {
            int row = own + 4 * r;
            int parentRow = above + 4 * r;
            for (int c = 0; c < 3; c++) {
                int local = 9 * j + 3 * c;
                d[parentRow + c] +=
                        d[row] * s.local[local]
                                + d[row + 1] * s.local[local + 1]
                                + d[row + 2] * s.local[local + 2]
                                + d[row + 3] * (s.position[3 * j + c] - s.position[3 * parent + c]);
            }
            d[parentRow + 3] += d[row + 3];
        }
    }

    /**
     * With P the turns before turn i and a its axis, dR/dangle = [P a]x R, so that the derivative
     * is the product of P a with the axial vector of dLocal R^T.
     */
    private void turnsBackward(State s, int j, double[] dLocal, double[] dPose) {
        if (firstTurn[j] == firstTurn[j + 1]) {
            return;
        }
        double[] r = s.local;
        int at = 9 * j;
        double vx = dot(dLocal, 6, r, at + 3) - dot(dLocal, 3, r, at + 6);
        double vy = dot(dLocal, 0, r, at + 6) - dot(dLocal, 6, r, at);
        double vz = dot(dLocal, 3, r, at) - dot(dLocal, 0, r, at + 3);
        double[] before = new double[9];
        identity(before, 0);
        for (int t = firstTurn[j]; t < firstTurn[j + 1]; t++) {
            double sum =
                    vx * dot(before, 0, turnAxis, 3 * t)
                            + vy * dot(before, 3, turnAxis, 3 * t)
                            + vz * dot(before, 6, turnAxis, 3 * t);
            dPose[turnParameter[t]] += turnShare[t] * sum;
            turn(before, 0, t, s.angle[t]);
        }
    }

    private static double dot(double[] a, int i, double[] b, int j) {
        return a[i] * b[j] + a[i + 1] * b[j + 1] + a[i + 2] * b[j + 2];
    }
}
