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
        return about(poses.isEmpty() ? means() : centre(random.nextDouble(), poses), random);
    }

    /**
     * A pose about one of those named, as often as they weigh in comparison.
     *
     * @param names of poses; all are drawn from when none of the category's is among them
     * @return {@code float[P]} within the limits, radians
     */
    public float[] sample(List<String> names, SplittableRandom random) {
        List<NamedPose> suitable = poses.stream().filter(p -> names.contains(p.name())).toList();
        if (suitable.isEmpty()) {
            return sample(random);
        }
        double sum = suitable.stream().mapToDouble(NamedPose::weight).sum();
        if (!(sum > 0)) {
            return about(suitable.get(random.nextInt(suitable.size())).values().clone(), random);
        }
        return about(centre(random.nextDouble(sum), suitable), random);
    }

    private float[] means() {
        float[] means = new float[parameters.size()];
        for (int p = 0; p < means.length; p++) {
            means[p] = parameters.get(p).mean();
        }
        return means;
    }

    /**
     * @param at place on the line of all weights
     */
    private float[] centre(double at, List<NamedPose> among) {
        double rest = at;
        for (NamedPose named : among) {
            if (rest < named.weight()) {
                return named.values().clone();
            }
            rest -= named.weight();
        }
        return means();
    }

    /** Changes the pose to one about it. */
    private float[] about(float[] pose, SplittableRandom random) {
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
