/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.List;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * One degree of freedom of the pose: turns joints about an axis, or, without joints, the parts that
 * steer.
 *
 * <p>Several parameters of one joint multiply in the order in which the category lists them: the
 * joint's rotation is R = R_1 R_2 ..., where R_i turns by the right-hand rule about the axis of
 * parameter i by {@code share * value}.
 *
 * @param name for example {@code steering} or {@code neck_pitch}
 * @param minRadians lower limit
 * @param maxRadians upper limit
 * @param mean of objects seen in photos, radians
 * @param std standard deviation of objects seen in photos, radians
 * @param axis unit vector, object axes at rest
 * @param joints that it turns; empty for the parts that steer
 */
public record PoseParameter(
        String name,
        float minRadians,
        float maxRadians,
        float mean,
        float std,
        Vector3fc axis,
        List<JointShare> joints) {

    /** Part of the range between the limits that is the standard deviation unless one is given. */
    private static final float USUAL_STD = 1 / 6f;

    public PoseParameter {
        joints = List.copyOf(joints);
    }

    /** A parameter about the vertical that turns the parts that steer. */
    public PoseParameter(String name, float minRadians, float maxRadians) {
        this(
                name,
                minRadians,
                maxRadians,
                usualMean(minRadians, maxRadians),
                usualStd(minRadians, maxRadians),
                new Vector3f(0, 1, 0),
                List.of());
    }

    /** Zero, or the limit nearest to it. */
    public static float usualMean(float minRadians, float maxRadians) {
        return Math.max(minRadians, Math.min(maxRadians, 0));
    }

    /** A sixth of the range, so that the limits are three standard deviations from the middle. */
    public static float usualStd(float minRadians, float maxRadians) {
        return USUAL_STD * (maxRadians - minRadians);
    }

    /**
     * A joint that the parameter turns.
     *
     * @param joint its name
     * @param share of the parameter's value by which it turns
     */
    public record JointShare(String joint, float share) {}
}
