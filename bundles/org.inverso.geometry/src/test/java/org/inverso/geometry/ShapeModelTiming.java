/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.Skin;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;

/**
 * Times skinning at the size of an animal: 5,000 vertices, 36 shape targets, 30 joints, 25 pose
 * parameters. Prints least and median of warm calls, forward and backward.
 */
public final class ShapeModelTiming {

    private static final int VERTICES = 5000;
    private static final int SHAPES = 36;
    private static final int JOINTS = 30;
    private static final int POSES = 25;
    private static final int ROUNDS = 3000;

    private ShapeModelTiming() {}

    public static void main(String[] args) {
        Random random = new Random(1);
        List<Skeleton.Joint> joints = new ArrayList<>();
        for (int j = 0; j < JOINTS; j++) {
            Vector3f rest =
                    new Vector3f(random.nextFloat(), random.nextFloat(), random.nextFloat());
            joints.add(
                    new Skeleton.Joint(
                            "joint" + j,
                            j == 0 ? -1 : j * 2 / 3,
                            rest,
                            gaussian(random, 3 * SHAPES)));
        }
        List<PoseParameter> parameters = new ArrayList<>();
        for (int p = 0; p < POSES; p++) {
            PoseParameter.JointShare share = new PoseParameter.JointShare("joint" + (p + 1), 1);
            parameters.add(
                    new PoseParameter(
                            "p" + p, -1, 1, 0, 0.3f, new Vector3f(1, 0, 0), List.of(share)));
        }
        int[] follows = new int[4 * VERTICES];
        float[] weights = new float[4 * VERTICES];
        for (int v = 0; v < VERTICES; v++) {
            int joint = v * (JOINTS - 3) / VERTICES;
            int influences = 1 + v % 4;
            for (int i = 0; i < influences; i++) {
                follows[4 * v + i] = joint + i;
                weights[4 * v + i] = 1f / influences;
            }
        }
        TemplateMesh mesh =
                new TemplateMesh(
                        gaussian(random, 3 * VERTICES),
                        new float[2 * VERTICES],
                        new int[0],
                        new int[0],
                        new int[0],
                        List.of(),
                        List.of(),
                        java.util.Collections.nCopies(SHAPES, "s"),
                        gaussian(random, 3 * VERTICES * SHAPES),
                        new int[0],
                        Optional.of(new Skin(new Skeleton(joints), follows, weights)),
                        List.of());
        ShapeModel model = new ShapeModel(mesh, parameters);
        float[] shape = gaussian(random, SHAPES);
        float[] pose = gaussian(random, POSES);
        float[] offsets = gaussian(random, 3 * VERTICES);
        float[] vertices = new float[3 * VERTICES];
        float[] upstream = gaussian(random, 3 * VERTICES);
        float[] dShape = new float[SHAPES];
        float[] dPose = new float[POSES];
        float[] dOffsets = new float[3 * VERTICES];
        long[] forward = new long[ROUNDS];
        long[] backward = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            model.vertices(shape, pose, offsets, vertices);
            long middle = System.nanoTime();
            model.backward(shape, pose, offsets, vertices, upstream, dShape, dPose, dOffsets);
            backward[round] = System.nanoTime() - middle;
            forward[round] = middle - start;
        }
        print("forward", forward);
        print("backward", backward);
    }

    private static void print(String what, long[] nanos) {
        long[] warm = Arrays.copyOfRange(nanos, ROUNDS / 2, ROUNDS);
        Arrays.sort(warm);
        System.out.printf(
                "%-9s least %.3f ms, median %.3f ms%n",
                what, warm[0] / 1e6, warm[warm.length / 2] / 1e6);
    }

    private static float[] gaussian(Random random, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
