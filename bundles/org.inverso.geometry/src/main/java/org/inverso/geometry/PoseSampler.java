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
 * Draws poses as objects of a category have them in photos: a named pose by its weight, or the
 * parameters' means by what the named ones leave, and about it a normal deviation of each
 * parameter, cut off at its limits.
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
     * @return {@code float[P]}, radians
     */
    public float[] sample(SplittableRandom random) {
        float[] pose = centre(random.nextDouble());
        for (int p = 0; p < pose.length; p++) {
            PoseParameter parameter = parameters.get(p);
            float value = pose[p] + parameter.std() * (float) random.nextGaussian();
            pose[p] = Math.max(parameter.minRadians(), Math.min(parameter.maxRadians(), value));
        }
        return pose;
    }

    private float[] centre(double at) {
        double rest = at;
        for (NamedPose pose : poses) {
            if (rest < pose.weight()) {
                return pose.values().clone();
            }
            rest -= pose.weight();
        }
        float[] means = new float[parameters.size()];
        for (int p = 0; p < means.length; p++) {
            means[p] = parameters.get(p).mean();
        }
        return means;
    }
}
