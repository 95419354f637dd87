/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;

/**
 * Draws poses. Joints: about a named pose, or about the means, with the standard deviation of each
 * parameter. Parts that steer: straight in half of the cases.
 */
public final class PoseSampler {

    private final List<PoseParameter> parameters;
    private final List<NamedPose> poses;

    public PoseSampler(CategoryModel category) {
        this(category.poseParameters(), category.poses());
    }

    public PoseSampler(List<PoseParameter> parameters, List<NamedPose> poses) {
        this.parameters = List.copyOf(parameters);
        this.poses = List.copyOf(poses);
    }

    /**
     * @return {@code float[P]} within the limits, radians
     */
    public float[] sample(SplittableRandom random) {
        float[] pose = new float[parameters.size()];
        for (int p = 0; p < pose.length; p++) {
            pose[p] = parameters.get(p).mean();
        }
        if (!poses.isEmpty()) {
            double at = random.nextDouble();
            for (NamedPose named : poses) {
                if (at >= 0 && at < named.weight()) {
                    pose = named.values().clone();
                }
                at -= named.weight();
            }
        }
        for (int p = 0; p < pose.length; p++) {
            PoseParameter parameter = parameters.get(p);
            pose[p] =
                    parameter.joints().isEmpty()
                            ? steered(parameter, random)
                            : within(
                                    parameter,
                                    pose[p] + parameter.std() * (float) random.nextGaussian());
        }
        return pose;
    }

    private static float within(PoseParameter parameter, float value) {
        return Math.max(parameter.minRadians(), Math.min(parameter.maxRadians(), value));
    }

    private static float steered(PoseParameter parameter, SplittableRandom random) {
        double unit =
                random.nextInt(2) == 0 ? 0 : Math.max(-1, Math.min(1, 0.5 * random.nextGaussian()));
        double middle = (parameter.maxRadians() + (double) parameter.minRadians()) / 2;
        return (float) (middle + unit * (parameter.maxRadians() - parameter.minRadians()) / 2);
    }
}
