/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.Arrays;
import org.inverso.api.category.Skin;

/**
 * Linear blend skinning: {@code v = sum_i w_i * M_i * u}, with M_i of {@link Kinematics}. Works on
 * vertices in place, and back from their derivatives.
 */
final class SkinnedPose implements PoseFunction {

    private final Kinematics kinematics;

    /** Influences of vertex v are those from firstInfluence[v] to firstInfluence[v + 1]. */
    private final int[] firstInfluence;

    /** Where the rows of the influence's joint begin. */
    private final int[] jointRow;

    private final float[] weight;

    SkinnedPose(Kinematics kinematics, Skin skin) {
        this.kinematics = kinematics;
        int vertices = skin.weights().length / Skin.INFLUENCES;
        firstInfluence = new int[vertices + 1];
        int[] rows = new int[skin.weights().length];
        float[] weights = new float[skin.weights().length];
        int count = 0;
        for (int v = 0; v < vertices; v++) {
            for (int i = Skin.INFLUENCES * v; i < Skin.INFLUENCES * (v + 1); i++) {
                if (skin.weights()[i] > 0) {
                    rows[count] = 12 * skin.joints()[i];
                    weights[count++] = skin.weights()[i];
                }
            }
            firstInfluence[v + 1] = count;
        }
        jointRow = Arrays.copyOf(rows, count);
        weight = Arrays.copyOf(weights, count);
    }

    Kinematics kinematics() {
        return kinematics;
    }

    @Override
    public void pose(float[] shape, float[] pose, float[] vertices) {
        float[] m = kinematics.skinning(kinematics.state(shape, pose));
        for (int v = 0; v + 1 < firstInfluence.length; v++) {
            float a0 = 0;
            float a1 = 0;
            float a2 = 0;
            float a3 = 0;
            float b0 = 0;
            float b1 = 0;
            float b2 = 0;
            float b3 = 0;
            float c0 = 0;
            float c1 = 0;
            float c2 = 0;
            float c3 = 0;
            for (int i = firstInfluence[v]; i < firstInfluence[v + 1]; i++) {
                int r = jointRow[i];
                float w = weight[i];
                a0 += w * m[r];
                a1 += w * m[r + 1];
                a2 += w * m[r + 2];
                a3 += w * m[r + 3];
                b0 += w * m[r + 4];
                b1 += w * m[r + 5];
                b2 += w * m[r + 6];
                b3 += w * m[r + 7];
                c0 += w * m[r + 8];
                c1 += w * m[r + 9];
                c2 += w * m[r + 10];
                c3 += w * m[r + 11];
            }
            float x = vertices[3 * v];
            float y = vertices[3 * v + 1];
            float z = vertices[3 * v + 2];
            vertices[3 * v] = a0 * x + a1 * y + a2 * z + a3;
            vertices[3 * v + 1] = b0 * x + b1 * y + b2 * z + b3;
            vertices[3 * v + 2] = c0 * x + c1 * y + c2 * z + c3;
        }
    }

    @Override
    public boolean needsRest() {
        return true;
    }

    /** dM_i += w_i g [u 1]^T; du = sum_i w_i A_i^T g. */
    @Override
    public void backward(
            float[] shape,
            float[] pose,
            float[] vertices,
            float[] dVertices,
            float[] dShape,
            float[] dPose,
            float[] rest) {
        Kinematics.State state = kinematics.state(shape, pose);
        float[] m = kinematics.skinning(state);
        // Sums over thousands of vertices: floats would lose three digits.
        double[] d = new double[m.length];
        for (int v = 0; v + 1 < firstInfluence.length; v++) {
            float gx = dVertices[3 * v];
            float gy = dVertices[3 * v + 1];
            float gz = dVertices[3 * v + 2];
            float x = rest[3 * v];
            float y = rest[3 * v + 1];
            float z = rest[3 * v + 2];
            float ux = 0;
            float uy = 0;
            float uz = 0;
            for (int i = firstInfluence[v]; i < firstInfluence[v + 1]; i++) {
                int r = jointRow[i];
                float wx = weight[i] * gx;
                float wy = weight[i] * gy;
                float wz = weight[i] * gz;
                ux += m[r] * wx + m[r + 4] * wy + m[r + 8] * wz;
                uy += m[r + 1] * wx + m[r + 5] * wy + m[r + 9] * wz;
                uz += m[r + 2] * wx + m[r + 6] * wy + m[r + 10] * wz;
                d[r] += wx * x;
                d[r + 1] += wx * y;
                d[r + 2] += wx * z;
                d[r + 3] += wx;
                d[r + 4] += wy * x;
                d[r + 5] += wy * y;
                d[r + 6] += wy * z;
                d[r + 7] += wy;
                d[r + 8] += wz * x;
                d[r + 9] += wz * y;
                d[r + 10] += wz * z;
                d[r + 11] += wz;
            }
            rest[3 * v] = ux;
            rest[3 * v + 1] = uy;
            rest[3 * v + 2] = uz;
        }
        kinematics.backward(state, d, dShape, dPose);
    }
}
